using MedId.Core;

namespace MedId.Pki;

/// <summary>Finds the certificates above the target, in what is known and by caIssuers, up to an anchor.</summary>
internal sealed class GatheringChain(GatheringRun run, IReadOnlyCollection<TrustAnchor> anchors)
{
    private readonly List<(Certificate Certificate, GatheringIssuer? Issuer)> _links = [];

    /// <summary>The chain, the target first; the last one has no issuer where none was found.</summary>
    public async Task<IReadOnlyList<(Certificate Certificate, GatheringIssuer? Issuer)>> FindAsync(Certificate target)
    {
        var current = target;
        while (_links.Count <= run.Options.MaxPathLength)
        {
            var issuer = anchors.Any(anchor => anchor.Certificate is { } trusted && trusted.Equals(current)) ? null
                : FindKnown(current) ?? await FetchAsync(current).ConfigureAwait(false);
            _links.Add((current, issuer));
            if (issuer is null or { IsAnchor: true } || issuer.Certificate is not { } next || _links.Exists(link => link.Certificate.Equals(next)))
            {
                break;
            }

            current = next;
        }

        return _links;
    }

    private GatheringIssuer? FindKnown(Certificate certificate)
    {
        foreach (var anchor in anchors)
        {
            if (anchor.Name.Equals(certificate.Issuer) && anchor.PublicKey is { } key && run.IsSignedBy(certificate, key))
            {
                return new(key, anchor.Certificate, IsAnchor: true);
            }
        }

        return run.Certificates.Select(candidate => Match(certificate, candidate)).FirstOrDefault(match => match is not null);
    }

    private GatheringIssuer? Match(Certificate certificate, Certificate candidate) =>
        candidate.Subject.Equals(certificate.Issuer) && IssuerKeys.Read(candidate.SubjectPublicKeyInfo.Span) is { } key && run.IsSignedBy(certificate, key)
            ? new(key, candidate, IsAnchor: false)
            : null;

    /// <summary>RFC 5280 §4.2.2.1: every caIssuers address in order, until one gives the issuer.</summary>
    private async Task<GatheringIssuer?> FetchAsync(Certificate certificate)
    {
        var addresses = GatheringRun.AddressesOf(certificate, AccessDescription.CaIssuers);
        if (addresses.Count == 0)
        {
            run.Note(certificate, EvidenceKind.IssuerCertificate, null, EvidenceOrigin.None, NoSource());
        }

        foreach (var address in addresses)
        {
            var found = await run.IssuersAsync(certificate, address).ConfigureAwait(false);
            if (found is null)
            {
                continue;
            }

            foreach (var candidate in found.Certificates!)
            {
                if (Match(certificate, candidate) is { } issuer)
                {
                    run.Add(candidate);
                    run.KeepIssuers(address, found);
                    run.Note(certificate, EvidenceKind.IssuerCertificate, address, found.Origin, null);
                    return issuer;
                }
            }

            run.Note(
                certificate,
                EvidenceKind.IssuerCertificate,
                address,
                EvidenceOrigin.Fetched,
                new(PkiErrorCodes.GatherIssuerCertificate, ErrorCategory.Untrusted, "RFC 5280 §4.2.2.1", "what is there is no certificate whose key signed this one"));
        }

        return null;
    }

    private static MedIdError NoSource() =>
        new(PkiErrorCodes.GatherNoSource, ErrorCategory.State, "RFC 5280 §4.2.2.1", "the issuer is not at hand, and the certificate does not say by http where it is");
}
