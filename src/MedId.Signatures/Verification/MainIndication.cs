namespace MedId.Signatures;

/// <summary>The main status indications of ETSI EN 319 102-1 §5.1.3.</summary>
public enum MainIndication
{
    /// <summary>INDETERMINATE: the information is not enough to say.</summary>
    Indeterminate = 0,

    /// <summary>TOTAL-FAILED: shown to be invalid.</summary>
    TotalFailed = 1,

    /// <summary>TOTAL-PASSED: all checks of the policy passed.</summary>
    TotalPassed = 2,
}
