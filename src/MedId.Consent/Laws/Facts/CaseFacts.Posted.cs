namespace MedId.Consent;

/// <content>A notice posted in a medical facility, and regional networks.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Posted =>
    [
        CaseFact.Code("care_purpose", static c => c.CarePurpose, static (c, v) => c with { CarePurpose = v }),
        CaseFact.Flag("posted_on_premises", static c => c.PostedOnPremises, static (c, v) => c with { PostedOnPremises = v }),
        CaseFact.Flag("purpose_on_notice", static c => c.PurposeOnNotice, static (c, v) => c with { PurposeOnNotice = v }),
        CaseFact.Flag("reserved_by_patient", static c => c.ReservedByPatient, static (c, v) => c with { ReservedByPatient = v }),
        CaseFact.Flag("needed_for_care", static c => c.NeededForCare, static (c, v) => c with { NeededForCare = v }),
        CaseFact.Flag("posted_can_ask_explicit", static c => c.PostedCanAskExplicit, static (c, v) => c with { PostedCanAskExplicit = v }),
        CaseFact.Flag("posted_silence_agrees", static c => c.PostedSilenceAgrees, static (c, v) => c with { PostedSilenceAgrees = v }),
        CaseFact.Flag("posted_changeable", static c => c.PostedChangeable, static (c, v) => c with { PostedChangeable = v }),
        CaseFact.Flag("patient_present", static c => c.PatientPresent, static (c, v) => c with { PatientPresent = v }),
        CaseFact.Flag("regional_network", static c => c.RegionalNetwork, static (c, v) => c with { RegionalNetwork = v }),
        CaseFact.Code("network_consent_form", static c => c.NetworkConsentForm, static (c, v) => c with { NetworkConsentForm = v }),
        CaseFact.Flag("network_consent_noted", static c => c.NetworkConsentNoted, static (c, v) => c with { NetworkConsentNoted = v }),
        CaseFact.Flag("network_members_changed", static c => c.NetworkMembersChanged, static (c, v) => c with { NetworkMembersChanged = v }),
        CaseFact.Flag("network_change_told", static c => c.NetworkChangeTold, static (c, v) => c with { NetworkChangeTold = v }),
    ];
}
