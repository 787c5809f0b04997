namespace MedId.Pki;

/// <summary>One piece of evidence in the cache, of one of three kinds.</summary>
internal sealed record CachedEvidence(DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate)
{
    public CertificateRevocationList? Crl { get; init; }

    public OcspResponse? Ocsp { get; init; }

    public IReadOnlyList<Certificate>? Certificates { get; init; }
}
