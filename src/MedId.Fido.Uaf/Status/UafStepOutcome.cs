namespace MedId.Fido.Uaf;

/// <summary>What came of one check.</summary>
public enum UafStepOutcome
{
    /// <summary>Holds.</summary>
    Passed,

    /// <summary>Does not hold; the verification, or this assertion, ended here.</summary>
    Failed,

    /// <summary>Nothing to check in this message.</summary>
    NotApplicable,
}
