namespace MedId.Signatures;

/// <content>CMS.</content>
public sealed partial record SignaturePolicy
{
    /// <summary>What is taken of CMS signatures although it is forbidden; nothing by default.</summary>
    public CmsLeniency CmsLeniency { get; init; }

    /// <summary>How much of a CMS structure is read.</summary>
    public CmsLimits CmsLimits { get; init; } = CmsLimits.Default;
}
