namespace MedId.Pki;

/// <summary>What came of one check.</summary>
public enum PathStepResult
{
    /// <summary>It holds.</summary>
    Passed = 0,

    /// <summary>It does not hold.</summary>
    Failed = 1,

    /// <summary>It cannot be said.</summary>
    Undetermined = 2,

    /// <summary>There was nothing to check.</summary>
    NotApplicable = 3,
}
