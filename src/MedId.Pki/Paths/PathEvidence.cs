namespace MedId.Pki;

/// <summary>Everything that was gathered for a decision. Nothing is fetched later.</summary>
public sealed record PathEvidence
{
    /// <summary>Nothing at all.</summary>
    public static PathEvidence Empty { get; } = new();

    /// <summary>Certificates that may stand between the target and an anchor, or behind a CRL issuer or responder; in any order, none of them trusted.</summary>
    public IReadOnlyList<Certificate> Certificates { get; init; } = [];

    /// <summary>CRLs, complete and delta.</summary>
    public IReadOnlyList<CertificateRevocationList> Crls { get; init; } = [];

    /// <summary>OCSP responses.</summary>
    public IReadOnlyList<OcspResponse> OcspResponses { get; init; } = [];
}
