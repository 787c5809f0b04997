namespace MedId.Pki;

/// <summary>Builds the paths from a certificate to the anchors and validates them (RFC 5280 §6.1). Pure: no clock, no network, no store.</summary>
public static class PathValidator
{
    private const int MaxPathLength = 64;

    /// <summary>Decides about a certificate.</summary>
    /// <param name="target">The certificate.</param>
    /// <param name="anchors">Who is trusted.</param>
    /// <param name="evidence">What was gathered: certificates, CRLs, OCSP responses.</param>
    /// <param name="policy">What has to be fulfilled.</param>
    /// <param name="at">The reference time: now, or the proven time of a signature.</param>
    /// <exception cref="ArgumentOutOfRangeException">The policy's longest path is not between 1 and 64.</exception>
    /// <returns>An accepted path when there is one within the limits, else the refusal of the path that came furthest.</returns>
    public static PathDecision Validate(Certificate target, IReadOnlyCollection<TrustAnchor> anchors, PathEvidence evidence, PathPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(anchors);
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentOutOfRangeException.ThrowIfLessThan(policy.MaxPathLength, 1, nameof(policy));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(policy.MaxPathLength, MaxPathLength, nameof(policy));
        return new PathSearch(new PathContext(evidence, policy, at), policy, anchors).Run(target);
    }
}
