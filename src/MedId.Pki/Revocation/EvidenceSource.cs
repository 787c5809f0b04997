namespace MedId.Pki;

/// <summary>The piece of evidence that a revocation finding stands on; enough to find it again, nothing about the holder.</summary>
/// <param name="Kind">CRL, delta CRL or OCSP response.</param>
/// <param name="Sha256">SHA-256 of its DER bytes, lower-case hex.</param>
/// <param name="ThisUpdate">When it was true.</param>
/// <param name="NextUpdate">When something newer will be there; null when it does not say.</param>
public sealed record EvidenceSource(EvidenceSourceKind Kind, string Sha256, DateTimeOffset ThisUpdate, DateTimeOffset? NextUpdate);
