namespace MedId.Fido2;

/// <summary>What came of one numbered step of a ceremony.</summary>
public enum StepOutcome
{
    /// <summary>Holds.</summary>
    Passed,

    /// <summary>Does not hold: the verification ended here.</summary>
    Failed,

    /// <summary>There was nothing to check in this response, or an earlier step refused it.</summary>
    NotApplicable,

    /// <summary>The caller does it, before or after the verification.</summary>
    CallersDuty,
}
