namespace MedId.Core;

/// <summary>How a verification ended where evidence may be missing. Only <see cref="Accepted"/> lets anything happen.</summary>
public enum VerificationOutcome
{
    /// <summary>It cannot be said: evidence is missing, stale or unusable. Treated like a refusal, and worth another try with better evidence.</summary>
    Undetermined = 0,

    /// <summary>Something required was shown not to hold.</summary>
    Refused = 1,

    /// <summary>Everything that the policy requires was shown to hold.</summary>
    Accepted = 2,
}
