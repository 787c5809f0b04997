using MedId.Core;

namespace MedId.Pki;

/// <summary>One source that was tried for one certificate.</summary>
/// <param name="Certificate">The certificate about which, or whose issuer, was asked.</param>
/// <param name="Kind">What was asked for.</param>
/// <param name="Address">Where; null when the certificate names no place that can be asked.</param>
/// <param name="Origin">Where the evidence came from.</param>
/// <param name="Error">Why it is not good, and what to fix; null when it is.</param>
public sealed record EvidenceAttempt(Certificate Certificate, EvidenceKind Kind, Uri? Address, EvidenceOrigin Origin, MedIdError? Error);
