namespace MedId.Pki;

/// <summary>Which certificates and anchors may have issued a certificate, the likeliest first. An order, never a rule: authorityKeyIdentifier is a hint.</summary>
internal sealed class PathCandidates
{
    private const int FewCertificates = 2;

    private readonly IReadOnlyCollection<TrustAnchor> _anchors;
    private readonly IReadOnlyList<Certificate> _certificates;
    private readonly DateTimeOffset _at;

    /// <summary>For each name, how many certificates at least stand between it and an anchor; null where there are too few to count.</summary>
    private readonly Dictionary<DistinguishedName, int>? _distances;
    private readonly Dictionary<DistinguishedName, List<Certificate>>? _bySubject;

    public PathCandidates(IReadOnlyCollection<TrustAnchor> anchors, IReadOnlyList<Certificate> certificates, DateTimeOffset at)
    {
        (_anchors, _certificates, _at) = (anchors, certificates, at);
        if (certificates.Count > FewCertificates)
        {
            _bySubject = BySubject(certificates);
            _distances = Distances(anchors, certificates);
        }
    }

    /// <summary>The anchors of the issuer's name; JPKI has three of one name.</summary>
    public List<TrustAnchor> AnchorsOf(Certificate certificate)
    {
        var found = new List<TrustAnchor>(1);
        foreach (var anchor in _anchors)
        {
            if (anchor.Name.Equals(certificate.Issuer))
            {
                found.Add(anchor);
            }
        }

        return found.Count < 2 ? found : [.. found.OrderBy(anchor => anchor.Certificate is null ? 1 : Hint(certificate, anchor.Certificate))];
    }

    /// <summary>The certificates of the issuer's name from which an anchor can be reached by names within so many more certificates.</summary>
    public List<Certificate> IssuersOf(Certificate certificate, int remaining) => IssuersOf(certificate, candidate => CanReach(candidate, remaining));

    /// <summary>A certificate of the issuer's name, however far from an anchor; null when there is none.</summary>
    public Certificate? AnyIssuerOf(Certificate certificate) => IssuersOf(certificate, isReaching: null) is [var first, ..] ? first : null;

    private List<Certificate> IssuersOf(Certificate certificate, Predicate<Certificate>? isReaching)
    {
        var found = new List<Certificate>(1);
        var seen = new HashSet<Certificate>();
        IReadOnlyList<Certificate> known = _bySubject is null ? _certificates : _bySubject.GetValueOrDefault(certificate.Issuer) ?? [];
        foreach (var candidate in known)
        {
            if (candidate.Subject.Equals(certificate.Issuer) && seen.Add(candidate) && isReaching?.Invoke(candidate) != false)
            {
                found.Add(candidate);
            }
        }

        if (found.Count > 1)
        {
            found.Sort((one, other) => Compare(certificate, one, other));
        }

        return found;
    }

    private bool CanReach(Certificate candidate, int remaining) => _distances is null
        ? remaining > 0
        : _distances.TryGetValue(candidate.Issuer, out var distance) && distance < remaining;

    private int Compare(Certificate certificate, Certificate one, Certificate other)
    {
        var order = Hint(certificate, one).CompareTo(Hint(certificate, other));
        order = order != 0 ? order : other.IsValidAt(_at).CompareTo(one.IsValidAt(_at));
        order = order != 0 ? order : Distance(one).CompareTo(Distance(other));

        // What is left open is decided by the bytes, so that the order of the evidence decides nothing.
        return order != 0 ? order : one.RawData.Span.SequenceCompareTo(other.RawData.Span);
    }

    private int Distance(Certificate certificate) => _distances?.GetValueOrDefault(certificate.Issuer, int.MaxValue) ?? 0;

    /// <summary>0 when the hint names the candidate, 2 when it names another, 1 when it says nothing.</summary>
    private static int Hint(Certificate certificate, Certificate candidate)
    {
        if (certificate.Extensions.AuthorityKeyIdentifier is not { } hint)
        {
            return 1;
        }

        if (hint.KeyIdentifier is { } key && candidate.Extensions.SubjectKeyIdentifier is { } identifier)
        {
            return key.Span.SequenceEqual(identifier.Span) ? 0 : 2;
        }

        return hint.SerialNumber is { } serial ? serial.Span.SequenceEqual(candidate.SerialNumber.Span) ? 0 : 2 : 1;
    }

    private static Dictionary<DistinguishedName, List<Certificate>> BySubject(IReadOnlyList<Certificate> certificates)
    {
        var found = new Dictionary<DistinguishedName, List<Certificate>>(certificates.Count);
        foreach (var certificate in certificates)
        {
            if (!found.TryGetValue(certificate.Subject, out var list))
            {
                found.Add(certificate.Subject, list = []);
            }

            list.Add(certificate);
        }

        return found;
    }

    /// <summary>From the anchors' names down, breadth first: each name once, so that the work grows with the certificates and not with the ways through them.</summary>
    private static Dictionary<DistinguishedName, int> Distances(IReadOnlyCollection<TrustAnchor> anchors, IReadOnlyList<Certificate> certificates)
    {
        var byIssuer = certificates.ToLookup(certificate => certificate.Issuer);
        var distances = new Dictionary<DistinguishedName, int>();
        var next = new Queue<DistinguishedName>();
        foreach (var anchor in anchors)
        {
            if (distances.TryAdd(anchor.Name, 0))
            {
                next.Enqueue(anchor.Name);
            }
        }

        while (next.TryDequeue(out var name))
        {
            foreach (var certificate in byIssuer[name])
            {
                if (distances.TryAdd(certificate.Subject, distances[name] + 1))
                {
                    next.Enqueue(certificate.Subject);
                }
            }
        }

        return distances;
    }
}
