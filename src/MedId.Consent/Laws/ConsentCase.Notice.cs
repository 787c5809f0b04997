namespace MedId.Consent;

/// <content>What the notice states, and how it was shown.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether a notice was given.</summary>
    public bool? NoticeGiven { get; init; }

    /// <summary>Whether its wording is plain.</summary>
    public bool? NoticePlain { get; init; }

    /// <summary>Whether it was in a language that the person reads.</summary>
    public bool? NoticeLanguageFits { get; init; }

    /// <summary>Whether it was shown before the act.</summary>
    public bool? NoticeBefore { get; init; }

    /// <summary>Whether it was in the place where the act was.</summary>
    public bool? NoticeRightPlace { get; init; }

    /// <summary>Whether its form fits, layered where long.</summary>
    public bool? NoticeLayered { get; init; }

    /// <summary>Whether the version shown can be found again.</summary>
    public bool? NoticeFindableLater { get; init; }

    /// <summary>Whether people with disabilities can use it.</summary>
    public bool? NoticeAccessible { get; init; }

    /// <summary>States the purposes.</summary>
    public bool? NoticePurpose { get; init; }

    /// <summary>Shows the purposes clearly.</summary>
    public bool? NoticePurposeClear { get; init; }

    /// <summary>States who is responsible.</summary>
    public bool? NoticeController { get; init; }

    /// <summary>States how to reach them.</summary>
    public bool? NoticeControllerContact { get; init; }

    /// <summary>States the data protection officer's contact.</summary>
    public bool? NoticeDpo { get; init; }

    /// <summary>States which data.</summary>
    public bool? NoticeDataTypes { get; init; }

    /// <summary>States how it is collected.</summary>
    public bool? NoticeCollectionMethod { get; init; }

    /// <summary>States when and where it is collected.</summary>
    public bool? NoticeCollectionTimePlace { get; init; }

    /// <summary>States how it is used.</summary>
    public bool? NoticeUse { get; init; }

    /// <summary>States place and jurisdiction of storage.</summary>
    public bool? NoticeStoragePlace { get; init; }

    /// <summary>States recipients and transfers to third parties.</summary>
    public bool? NoticeRecipients { get; init; }

    /// <summary>States how long it is kept.</summary>
    public bool? NoticeRetention { get; init; }

    /// <summary>States the rights and how to use them.</summary>
    public bool? NoticeRights { get; init; }

    /// <summary>States where to ask and complain.</summary>
    public bool? NoticeInquiry { get; init; }

    /// <summary>States how to see the choices made.</summary>
    public bool? NoticeChoices { get; init; }

    /// <summary>States the legal basis.</summary>
    public bool? NoticeBasis { get; init; }

    /// <summary>States the risks.</summary>
    public bool? NoticeRisks { get; init; }

    /// <summary>States the right to withdraw.</summary>
    public bool? NoticeWithdrawal { get; init; }

    /// <summary>States the right to complain to an authority.</summary>
    public bool? NoticeComplaint { get; init; }

    /// <summary>States whether the data is required, and what follows without it.</summary>
    public bool? NoticeRequired { get; init; }

    /// <summary>States automated decisions.</summary>
    public bool? NoticeAutomatedDecisions { get; init; }

    /// <summary>States transfers to third countries and their safeguards.</summary>
    public bool? NoticeTransferSafeguards { get; init; }

    /// <summary>States the risks of a transfer without adequacy or safeguards.</summary>
    public bool? NoticeTransferRisks { get; init; }

    /// <summary>States where the data comes from.</summary>
    public bool? NoticeSource { get; init; }

    /// <summary>Names the country of the recipient abroad.</summary>
    public bool? NoticeCountry { get; init; }

    /// <summary>States that country's data protection regime.</summary>
    public bool? NoticeCountryRegime { get; init; }

    /// <summary>States the recipient's measures.</summary>
    public bool? NoticeRecipientMeasures { get; init; }

    /// <summary>Says why one of these cannot be stated.</summary>
    public bool? NoticeAbroadReason { get; init; }

    /// <summary>States whether data is sold or shared.</summary>
    public bool? NoticeSoldOrShared { get; init; }
}
