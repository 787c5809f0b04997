namespace MedId.Consent;

/// <content>The transfer.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether data goes to somebody other than its holder.</summary>
    public bool? TransferToOther { get; init; }

    /// <summary>When.</summary>
    public DateTimeOffset? TransferAt { get; init; }

    /// <summary>Whether the recipient is in a foreign country, seen from Japan.</summary>
    public bool? RecipientAbroad { get; init; }

    /// <summary>Why no separate consent is needed abroad.</summary>
    public AbroadEquivalence? AbroadEquivalence { get; init; }

    /// <summary>Whether there is consent to the transfer abroad.</summary>
    public bool? ConsentToAbroad { get; init; }

    /// <summary>Whether the recipient's measures are checked at about yearly intervals.</summary>
    public bool? AbroadCheckedYearly { get; init; }

    /// <summary>Whether information on them is given on request.</summary>
    public bool? AbroadInformationOnRequest { get; init; }

    /// <summary>Whether the opt-out route of APPI 27(2) was notified to the commission.</summary>
    public bool? OptOutNotified { get; init; }

    /// <summary>Whether its items were made known to the persons, who can have it stopped.</summary>
    public bool? OptOutPublished { get; init; }

    /// <summary>Whether the purpose of joint use was shown beforehand.</summary>
    public bool? JointUsePurposeShown { get; init; }

    /// <summary>Whether its items were.</summary>
    public bool? JointUseItemsShown { get; init; }

    /// <summary>Whether its users were.</summary>
    public bool? JointUseUsersShown { get; init; }

    /// <summary>Whether who answers for it was.</summary>
    public bool? JointUseManagerShown { get; init; }

    /// <summary>Whether the patient asked for the data to be handed over for them.</summary>
    public bool? RequestedByPatient { get; init; }

    /// <summary>Whether the recipient checked the source and how it acquired the data.</summary>
    public bool? SourceChecked { get; init; }

    /// <summary>Whether there is a record of the transfer.</summary>
    public bool? RecordOfTransfer { get; init; }

    /// <summary>Whether that record says that there is consent.</summary>
    public bool? RecordHasConsent { get; init; }

    /// <summary>Whether it has the recipient's name, address and head.</summary>
    public bool? RecordHasRecipient { get; init; }

    /// <summary>Whether it has the person.</summary>
    public bool? RecordHasPerson { get; init; }

    /// <summary>Whether it has the items.</summary>
    public bool? RecordHasItems { get; init; }

    /// <summary>How many years it is kept.</summary>
    public int? RecordKeptYears { get; init; }

    /// <summary>Whether a contract document serves as the record.</summary>
    public bool? RecordIsContract { get; init; }

    /// <summary>Whether data leaves the EEA.</summary>
    public bool? TransferOutsideEea { get; init; }

    /// <summary>What protects it then.</summary>
    public TransferSafeguard? TransferSafeguard { get; init; }
}
