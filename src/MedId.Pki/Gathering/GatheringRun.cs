using System.Collections.Concurrent;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>One gathering: what it knows, what it tried, and how much it may still ask.</summary>
internal sealed class GatheringRun(
    EvidenceGatheringOptions options, EvidenceFetcher fetcher, EvidenceCache cache, TimeProvider time, PathEvidence known, CancellationToken clock)
{
    private readonly ConcurrentQueue<EvidenceAttempt> _attempts = new();
    private readonly ConcurrentQueue<Certificate> _certificates = new(known.Certificates);
    private readonly ConcurrentQueue<CertificateRevocationList> _crls = new(known.Crls);
    private readonly ConcurrentQueue<OcspResponse> _responses = new(known.OcspResponses);
    private int _queries;

    public EvidenceGatheringOptions Options => options;

    public IEnumerable<Certificate> Certificates => _certificates;

    public bool IsCutShort { get; private set; }

    public IReadOnlyList<EvidenceAttempt> Attempts => [.. _attempts];

    public PathEvidence Evidence => new() { Certificates = [.. _certificates.Distinct()], Crls = [.. _crls.Distinct()], OcspResponses = [.. _responses.Distinct()] };

    private DateTimeOffset Now => time.GetUtcNow();

    public static IReadOnlyList<Uri> AddressesOf(Certificate certificate, string method) =>
        AddressesOf(certificate.Extensions.AuthorityInformationAccess?.Where(a => string.Equals(a.Method, method, StringComparison.Ordinal)).Select(a => a.Location) ?? []);

    public static IReadOnlyList<Uri> AddressesOf(DistributionPoint point) => AddressesOf(point.FullName ?? []);

    public void Note(Certificate certificate, EvidenceKind kind, Uri? address, EvidenceOrigin origin, MedIdError? error) =>
        _attempts.Enqueue(new(certificate, kind, address, origin, error));

    public void Add(Certificate certificate) => _certificates.Enqueue(certificate);

    public bool IsSignedBy(Certificate certificate, PublicKey key) => CertificateSignature.IsBy(certificate, key, options.Algorithms, Now);

    public bool KnowsCrlFor(Certificate certificate) =>
        known.Crls.Any(crl => (certificate.Extensions.CrlDistributionPoints ?? []).Append(null).Any(point => CrlScope.IsIssuer(crl, certificate, point)));

    public async Task<FoundIssuers?> IssuersAsync(Certificate certificate, Uri address)
    {
        if (cache.Find(Key(EvidenceKind.IssuerCertificate, address)) is { Certificates: { } kept } cached && options.Freshness.IsFresh(cached.ThisUpdate, cached.NextUpdate, Now))
        {
            return new(kept, EvidenceOrigin.Cache);
        }

        var flight = await AskAsync(
            certificate, Key(EvidenceKind.IssuerCertificate, address), address, () => (new(EvidenceKind.IssuerCertificate, address, default, Certificate.MaxBytes), null))
            .ConfigureAwait(false);
        return flight is null ? null : new(IssuerCertificates.Read(flight.Answer.Content), EvidenceOrigin.Fetched);
    }

    public void KeepIssuers(Uri address, FoundIssuers found)
    {
        if (found.Origin == EvidenceOrigin.Fetched)
        {
            cache.Put(Key(EvidenceKind.IssuerCertificate, address), new(Now, found.Certificates.Min(c => c.NotAfter)) { Certificates = found.Certificates });
        }
    }

    /// <summary>Asks one responder; true when it knows the certificate and may be believed now.</summary>
    public async Task<bool> OcspAsync(Certificate certificate, GatheringIssuer issuer, Uri address)
    {
        var of = OcspIssuer.Of(certificate.Issuer, issuer.Key, issuer.Certificate);
        var plain = OcspRequest.Build(certificate, of, options.CertIdHash, null);
        var key = $"{Key(EvidenceKind.Ocsp, address)} {Convert.ToHexStringLower(SHA256.HashData(plain.RawData.Span))}";
        if (cache.Find(key) is { Ocsp: { } kept } cached && options.Freshness.IsFresh(cached.ThisUpdate, cached.NextUpdate, Now))
        {
            _responses.Enqueue(kept);
            Note(certificate, EvidenceKind.Ocsp, address, EvidenceOrigin.Cache, null);
            return true;
        }

        var flight = await AskAsync(certificate, key, address, () =>
        {
            var request = options.UseNonce ? OcspRequest.Build(certificate, of, options.CertIdHash, OcspRequest.NewNonce()) : plain;
            return (new(EvidenceKind.Ocsp, address, request.RawData, OcspResponse.MaxBytes), request.Nonce);
        }).ConfigureAwait(false);
        if (flight is null)
        {
            return false;
        }

        var read = OcspResponse.Parse(flight.Answer.Content);
        if (!read.Succeeded)
        {
            Note(certificate, EvidenceKind.Ocsp, address, EvidenceOrigin.Fetched, read.Error);
            return false;
        }

        var decision = OcspChecker.Check(read.Value, certificate, of, issuer.Certificate, Expect(flight.Nonce), Now);
        if (decision.Responder is not null)
        {
            // Authentic, though maybe of another time: the path decides what it is worth.
            _responses.Enqueue(read.Value);
        }

        if (decision.IsAccepted && decision.Status != RevocationStatus.Unknown)
        {
            cache.Put(key, new(decision.ThisUpdate!.Value, decision.NextUpdate) { Ocsp = read.Value });
            Note(certificate, EvidenceKind.Ocsp, address, EvidenceOrigin.Fetched, null);
            return true;
        }

        Note(
            certificate,
            EvidenceKind.Ocsp,
            address,
            EvidenceOrigin.Fetched,
            decision.Error ?? new(PkiErrorCodes.RevocationUnknown, ErrorCategory.State, "RFC 6960 §2.2", "the responder does not know the certificate; is it the right one for this CA?"));
        return false;
    }

    /// <summary>Asks one address for a CRL; null when there is none that may be believed now.</summary>
    public async Task<CertificateRevocationList?> CrlAsync(Certificate certificate, GatheringIssuer issuer, EvidenceKind kind, Uri address)
    {
        var key = Key(kind, address);
        var cached = cache.Find(key)?.Crl;
        if (cached is not null && options.Freshness.IsFresh(cached.ThisUpdate, cached.NextUpdate, Now))
        {
            return Take(cached, EvidenceOrigin.Cache, null);
        }

        var flight = await AskAsync(certificate, key, address, () => (new(kind, address, default, options.CrlLimits.MaxBytes), null), isFallbackAtHand: cached is not null)
            .ConfigureAwait(false);
        if (flight is null)
        {
            return FallBack(null);
        }

        var read = CertificateRevocationList.Parse(flight.Answer.Content, options.CrlLimits);
        if (!read.Succeeded)
        {
            return FallBack(read.Error);
        }

        var crl = read.Value;
        var isProven = Prove(crl, certificate, issuer, out var error);
        if (error is not null)
        {
            return FallBack(error);
        }

        // §5.2.3: the last good CRL of a scope stays, and an earlier one does not take its place.
        if (isProven && cache.PutLatest(ScopeOf(crl), crl) is { } later)
        {
            cached = later;
            return FallBack(new(PkiErrorCodes.CrlRollback, ErrorCategory.Untrusted, "RFC 5280 §5.2.3", "a CRL with a higher number was here before"));
        }

        if (isProven)
        {
            cache.Put(key, new(crl.ThisUpdate, crl.NextUpdate) { Crl = crl });
        }

        var late = TimeError(crl);
        Take(crl, EvidenceOrigin.Fetched, late);
        return late is null ? crl : null;

        CertificateRevocationList? FallBack(MedIdError? why)
        {
            if (why is not null)
            {
                Note(certificate, kind, address, EvidenceOrigin.Fetched, why);
            }

            // The last good one: current still, or kept for what it says of the revoked.
            if (cached is null)
            {
                return null;
            }

            var stale = TimeError(cached);
            Take(cached, EvidenceOrigin.LastGood, stale);
            return stale is null ? cached : null;
        }

        CertificateRevocationList Take(CertificateRevocationList taken, EvidenceOrigin origin, MedIdError? why)
        {
            _crls.Enqueue(taken);
            Note(certificate, kind, address, origin, why);
            return taken;
        }
    }

    private static string Key(EvidenceKind kind, Uri address) => $"{kind} {address.AbsoluteUri}";

    private static string ScopeOf(CertificateRevocationList crl) =>
        $"scope {crl.IsDelta} {Convert.ToHexString((crl.IssuingDistributionPoint?.RawData ?? default).Span)} {crl.Issuer.Key}";

    private static List<Uri> AddressesOf(IEnumerable<GeneralName> names) =>
    [
        .. names.OfType<GeneralName.UniformResourceIdentifier>()
            .Select(name => Uri.TryCreate(name.Value, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Where(uri => uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps),
    ];

    private OcspExpectations Expect(ReadOnlyMemory<byte>? nonce) => new()
    {
        Algorithms = options.Algorithms,
        Nonce = nonce,
        ClockSkew = options.ClockSkew,
        ResponderCertificates = known.Certificates,
        TrustedResponders = options.TrustedResponders,
        Crls = known.Crls,
    };

    /// <summary>One query within the limits of this gathering; null when there is no answer, which is noted.</summary>
    private async Task<EvidenceFlight?> AskAsync(
        Certificate certificate, string key, Uri address, Func<(EvidenceQuery Query, ReadOnlyMemory<byte>? Nonce)> query, bool isFallbackAtHand = false)
    {
        var kind = Enum.Parse<EvidenceKind>(key.AsSpan(0, key.IndexOf(' ', StringComparison.Ordinal)));
        if (options.Addresses.Check(address) is { } refused)
        {
            Note(certificate, kind, address, EvidenceOrigin.None, refused);
            return null;
        }

        if (Interlocked.Increment(ref _queries) > options.MaxQueries)
        {
            IsCutShort = true;
            Note(certificate, kind, address, EvidenceOrigin.None, new(PkiErrorCodes.GatherTooManyQueries, ErrorCategory.Policy, "RFC 5280 §8", "the gathering needs more queries than allowed"));
            return null;
        }

        try
        {
            clock.ThrowIfCancellationRequested();
            var flight = await fetcher.AskAsync(key, query, clock).ConfigureAwait(false);
            if (flight.Answer.Error is { } error)
            {
                Note(certificate, kind, address, EvidenceOrigin.None, error);
                return null;
            }

            return flight;
        }
        catch (OperationCanceledException) when (clock.IsCancellationRequested)
        {
            IsCutShort = true;
            Note(certificate, kind, address, EvidenceOrigin.None, new(PkiErrorCodes.GatherTimeout, ErrorCategory.State, "RFC 6960 Appendix A.1", isFallbackAtHand
                ? "the time for the gathering ran out; the last good CRL is used"
                : "the time for the gathering ran out"));
            return null;
        }
    }

    /// <summary>Whether a key at hand signed the CRL. False without an error for a CRL of an issuer that is not at hand; the path decides about it.</summary>
    private bool Prove(CertificateRevocationList crl, Certificate certificate, GatheringIssuer issuer, out MedIdError? error)
    {
        error = null;
        var keys = _certificates.Where(c => c.Subject.Equals(crl.Issuer)).Select(c => IssuerKeys.Read(c.SubjectPublicKeyInfo.Span)).OfType<PublicKey>().ToList();
        if (crl.Issuer.Equals(certificate.Issuer))
        {
            keys.Insert(0, issuer.Key);
        }

        if (keys.Count == 0)
        {
            return false;
        }

        var rule = options.Algorithms.For(SignatureUse.RevocationList, Now);
        if (keys.Exists(key => SignatureAlgorithm.TryFromX509(crl.SignatureAlgorithm.RawData.Span, key, out var algorithm) && rule.Allows(algorithm, key) && crl.IsSignedBy(key, algorithm)))
        {
            return true;
        }

        error = new(PkiErrorCodes.CrlSignature, ErrorCategory.Untrusted, "RFC 5280 §6.3.3 (g)", "no key of the CRL's issuer that is at hand signed it");
        return false;
    }

    private MedIdError? TimeError(CertificateRevocationList crl) => crl.ThisUpdate - options.ClockSkew > Now
        ? new(PkiErrorCodes.CrlNotYetValid, ErrorCategory.State, "RFC 5280 §5.1.2.4", "the CRL is from the future; is the clock right?")
        : Now < crl.NextUpdate + options.ClockSkew ? null : new(PkiErrorCodes.CrlStale, ErrorCategory.State, "RFC 5280 §5.1.2.5", "nextUpdate has passed; the CA has not published the next CRL there");
}
