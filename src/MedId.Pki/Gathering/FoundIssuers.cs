namespace MedId.Pki;

/// <summary>Certificates that may be the issuer's, and where they came from.</summary>
internal sealed record FoundIssuers(IReadOnlyList<Certificate> Certificates, EvidenceOrigin Origin);
