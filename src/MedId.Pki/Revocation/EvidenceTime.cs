namespace MedId.Pki;

/// <summary>The two questions of time that CRLs and OCSP responses share: is the evidence of the right time, and does a revocation count at the reference time.</summary>
internal static class EvidenceTime
{
    /// <summary>Whether the evidence was made before the reference time, or later evidence counts.</summary>
    public static bool HasBegun(DateTimeOffset thisUpdate, PathPolicy policy, DateTimeOffset at) =>
        policy.AcceptLaterEvidence || thisUpdate - policy.Revocation.ClockSkew <= at;

    /// <summary>Whether the evidence is older than policy allows.</summary>
    public static bool IsTooOld(DateTimeOffset thisUpdate, TimeSpan? maxAge, TimeSpan skew, DateTimeOffset at) => maxAge is { } age && at - thisUpdate > age + skew;

    /// <summary>Whether a revocation counts at the reference time.</summary>
    /// <remarks>
    /// Evidence of the time, or from before it: whoever is named is revoked. Evidence from after it, where policy takes it: revoked when the revocation, or the
    /// invalidity that it states, is not after the reference time; and always when a key was compromised, unless policy takes the date at its word.
    /// </remarks>
    public static bool Counts(in CrlEntry entry, PathPolicy policy, DateTimeOffset at)
    {
        if (!policy.AcceptLaterEvidence || ReachesBack(entry, policy))
        {
            return true;
        }

        var since = entry.InvalidityDate is { } invalid && invalid < entry.RevokedAt ? invalid : entry.RevokedAt;
        return since <= at;
    }

    /// <summary>
    /// Whether a revocation stays what it is once it was stated: not a hold, and begun by the reference time or by a compromise. Such a statement refuses even where the
    /// evidence that makes it is stale; it could never prove that a certificate is good.
    /// </summary>
    public static bool IsFinal(in CrlEntry entry, PathPolicy policy, DateTimeOffset at)
    {
        var since = entry.InvalidityDate is { } invalid && invalid < entry.RevokedAt ? invalid : entry.RevokedAt;
        return ReachesBack(entry, policy)
            || (entry.Reason is not CrlReason.CertificateHold and not CrlReason.RemoveFromCrl && since <= at);
    }

    private static bool ReachesBack(in CrlEntry entry, PathPolicy policy) =>
        policy.Revocation.CompromiseReachesBack && entry.Reason is (CrlReason.KeyCompromise or CrlReason.CaCompromise or CrlReason.AaCompromise);
}
