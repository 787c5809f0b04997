namespace MedId.Consent;

/// <content>The transfer.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Transfer =>
    [
        CaseFact.Flag("transfer_to_other", static c => c.TransferToOther, static (c, v) => c with { TransferToOther = v }),
        CaseFact.Time("transfer_at", static c => c.TransferAt, static (c, v) => c with { TransferAt = v }),
        CaseFact.Flag("recipient_abroad", static c => c.RecipientAbroad, static (c, v) => c with { RecipientAbroad = v }),
        CaseFact.Code("abroad_equivalence", static c => c.AbroadEquivalence, static (c, v) => c with { AbroadEquivalence = v }),
        CaseFact.Flag("consent_to_abroad", static c => c.ConsentToAbroad, static (c, v) => c with { ConsentToAbroad = v }),
        CaseFact.Flag("abroad_checked_yearly", static c => c.AbroadCheckedYearly, static (c, v) => c with { AbroadCheckedYearly = v }),
        CaseFact.Flag("abroad_information_on_request", static c => c.AbroadInformationOnRequest, static (c, v) => c with { AbroadInformationOnRequest = v }),
        CaseFact.Flag("opt_out_notified", static c => c.OptOutNotified, static (c, v) => c with { OptOutNotified = v }),
        CaseFact.Flag("opt_out_published", static c => c.OptOutPublished, static (c, v) => c with { OptOutPublished = v }),
        CaseFact.Flag("joint_use_purpose_shown", static c => c.JointUsePurposeShown, static (c, v) => c with { JointUsePurposeShown = v }),
        CaseFact.Flag("joint_use_items_shown", static c => c.JointUseItemsShown, static (c, v) => c with { JointUseItemsShown = v }),
        CaseFact.Flag("joint_use_users_shown", static c => c.JointUseUsersShown, static (c, v) => c with { JointUseUsersShown = v }),
        CaseFact.Flag("joint_use_manager_shown", static c => c.JointUseManagerShown, static (c, v) => c with { JointUseManagerShown = v }),
        CaseFact.Flag("requested_by_patient", static c => c.RequestedByPatient, static (c, v) => c with { RequestedByPatient = v }),
        CaseFact.Flag("source_checked", static c => c.SourceChecked, static (c, v) => c with { SourceChecked = v }),
        CaseFact.Flag("record_of_transfer", static c => c.RecordOfTransfer, static (c, v) => c with { RecordOfTransfer = v }),
        CaseFact.Flag("record_has_consent", static c => c.RecordHasConsent, static (c, v) => c with { RecordHasConsent = v }),
        CaseFact.Flag("record_has_recipient", static c => c.RecordHasRecipient, static (c, v) => c with { RecordHasRecipient = v }),
        CaseFact.Flag("record_has_person", static c => c.RecordHasPerson, static (c, v) => c with { RecordHasPerson = v }),
        CaseFact.Flag("record_has_items", static c => c.RecordHasItems, static (c, v) => c with { RecordHasItems = v }),
        CaseFact.Number("record_kept_years", static c => c.RecordKeptYears, static (c, v) => c with { RecordKeptYears = v }),
        CaseFact.Flag("record_is_contract", static c => c.RecordIsContract, static (c, v) => c with { RecordIsContract = v }),
        CaseFact.Flag("transfer_outside_eea", static c => c.TransferOutsideEea, static (c, v) => c with { TransferOutsideEea = v }),
        CaseFact.Code("transfer_safeguard", static c => c.TransferSafeguard, static (c, v) => c with { TransferSafeguard = v }),
    ];
}
