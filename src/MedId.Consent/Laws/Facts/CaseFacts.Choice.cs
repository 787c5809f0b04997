namespace MedId.Consent;

/// <content>How the choice was offered.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Choice =>
    [
        CaseFact.Flag("refusal_without_detriment", static c => c.RefusalWithoutDetriment, static (c, v) => c with { RefusalWithoutDetriment = v }),
        CaseFact.Flag("service_tied", static c => c.ServiceTied, static (c, v) => c with { ServiceTied = v }),
        CaseFact.Number("purpose_count", static c => c.PurposeCount, static (c, v) => c with { PurposeCount = v }),
        CaseFact.Flag("choice_per_purpose", static c => c.ChoicePerPurpose, static (c, v) => c with { ChoicePerPurpose = v }),
        CaseFact.Flag("request_separate", static c => c.RequestSeparate, static (c, v) => c with { RequestSeparate = v }),
        CaseFact.Flag("withdrawal_any_time", static c => c.WithdrawalAnyTime, static (c, v) => c with { WithdrawalAnyTime = v }),
        CaseFact.Number("giving_steps", static c => c.GivingSteps, static (c, v) => c with { GivingSteps = v }),
        CaseFact.Number("withdrawal_steps", static c => c.WithdrawalSteps, static (c, v) => c with { WithdrawalSteps = v }),
        CaseFact.Flag("withdrawal_same_channel", static c => c.WithdrawalSameChannel, static (c, v) => c with { WithdrawalSameChannel = v }),
        CaseFact.Flag("consent_specific", static c => c.ConsentSpecific, static (c, v) => c with { ConsentSpecific = v }),
        CaseFact.Flag("dark_pattern", static c => c.DarkPattern, static (c, v) => c with { DarkPattern = v }),
        CaseFact.Flag("refuse_choice_offered", static c => c.RefuseChoiceOffered, static (c, v) => c with { RefuseChoiceOffered = v }),
        CaseFact.Flag("design_easy_to_understand", static c => c.DesignEasyToUnderstand, static (c, v) => c with { DesignEasyToUnderstand = v }),
        CaseFact.Flag("design_symmetric", static c => c.DesignSymmetric, static (c, v) => c with { DesignSymmetric = v }),
        CaseFact.Flag("design_confusing", static c => c.DesignConfusing, static (c, v) => c with { DesignConfusing = v }),
        CaseFact.Flag("design_impairing", static c => c.DesignImpairing, static (c, v) => c with { DesignImpairing = v }),
        CaseFact.Flag("design_easy_to_do", static c => c.DesignEasyToDo, static (c, v) => c with { DesignEasyToDo = v }),
    ];
}
