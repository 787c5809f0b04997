namespace MedId.Consent;

/// <summary>What a kind of data asks for.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="CanBeShared">Whether it may leave its holder at all.</param>
/// <param name="NeedsConsent">Whether sharing needs the person's consent.</param>
/// <param name="Onward">Whether the recipient may hand it on.</param>
/// <param name="Text">The kind in words.</param>
public sealed record DataKindRule(DataKind Kind, bool CanBeShared, bool NeedsConsent, OnwardSharing Onward, LawText Text)
{
    /// <summary>Where the table was read.</summary>
    public const string Source = "DEPA data types (iSPIRT), as the 2020 study of the health ministry gives them in chapter 7; what limited and restricted mean is the reading of this package";

    /// <summary>How sure it is.</summary>
    public LawCertainty Certainty { get; } = LawCertainty.ReadThere;
}
