namespace MedId.Signatures;

/// <summary>A result in the words of ETSI EN 319 102-1 §5.1.3, for reports that others read; decisions are made by the outcome.</summary>
/// <param name="Main">The main indication.</param>
/// <param name="Sub">The sub-indication as the standard spells it (<c>HASH_FAILURE</c>, <c>REVOKED_NO_POE</c>); null when passed.</param>
public sealed record ValidationIndication(MainIndication Main, string? Sub)
{
    /// <summary>TOTAL-PASSED.</summary>
    public static ValidationIndication Passed { get; } = new(MainIndication.TotalPassed, null);

    /// <summary>The URN of the main indication.</summary>
    public string MainUrn => "urn:etsi:019102:mainindication:" + Main switch
    {
        MainIndication.TotalPassed => "total-passed",
        MainIndication.TotalFailed => "total-failed",
        _ => "indeterminate",
    };

    /// <summary>The URN of the sub-indication; null when passed.</summary>
    public string? SubUrn => Sub is null ? null : "urn:etsi:019102:subindication:" + Sub;

    /// <inheritdoc/>
    public override string ToString() => (Main switch
    {
        MainIndication.TotalPassed => "TOTAL-PASSED",
        MainIndication.TotalFailed => "TOTAL-FAILED",
        _ => "INDETERMINATE",
    }) + (Sub is null ? string.Empty : "/" + Sub);
}
