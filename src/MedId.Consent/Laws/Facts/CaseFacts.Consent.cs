namespace MedId.Consent;

/// <content>The consent and its act.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Consent =>
    [
        CaseFact.Flag("consent_exists", static c => c.ConsentExists, static (c, v) => c with { ConsentExists = v }),
        CaseFact.Flag("consent_active", static c => c.ConsentActive, static (c, v) => c with { ConsentActive = v }),
        CaseFact.Time("consent_given_at", static c => c.ConsentGivenAt, static (c, v) => c with { ConsentGivenAt = v }),
        CaseFact.Code("basis", static c => c.Basis, static (c, v) => c with { Basis = v }),
        CaseFact.Exception("exception", static c => c.Exception, static (c, v) => c with { Exception = v }),
        CaseFact.Flag("consent_hard_to_get", static c => c.ConsentHardToGet, static (c, v) => c with { ConsentHardToGet = v }),
        CaseFact.Code("consent_act", static c => c.ConsentAct, static (c, v) => c with { ConsentAct = v }),
        CaseFact.Flag("box_preticked", static c => c.BoxPreticked, static (c, v) => c with { BoxPreticked = v }),
        CaseFact.Flag("acr_meets_policy", static c => c.AcrMeetsPolicy, static (c, v) => c with { AcrMeetsPolicy = v }),
        CaseFact.Flag("record_shows_person", static c => c.RecordShowsPerson, static (c, v) => c with { RecordShowsPerson = v }),
        CaseFact.Flag("record_shows_time", static c => c.RecordShowsTime, static (c, v) => c with { RecordShowsTime = v }),
        CaseFact.Flag("record_shows_notice", static c => c.RecordShowsNotice, static (c, v) => c with { RecordShowsNotice = v }),
        CaseFact.Flag("record_shows_act", static c => c.RecordShowsAct, static (c, v) => c with { RecordShowsAct = v }),
        CaseFact.Flag("receipt_given", static c => c.ReceiptGiven, static (c, v) => c with { ReceiptGiven = v }),
        CaseFact.Flag("purposes_changed", static c => c.PurposesChanged, static (c, v) => c with { PurposesChanged = v }),
        CaseFact.Flag("consent_renewed", static c => c.ConsentRenewed, static (c, v) => c with { ConsentRenewed = v }),
        CaseFact.Flag("notice_renewed", static c => c.NoticeRenewed, static (c, v) => c with { NoticeRenewed = v }),
        CaseFact.Flag("conditions_changed", static c => c.ConditionsChanged, static (c, v) => c with { ConditionsChanged = v }),
        CaseFact.Flag("asked_too_often", static c => c.AskedTooOften, static (c, v) => c with { AskedTooOften = v }),
        CaseFact.Flag("consent_right_basis", static c => c.ConsentRightBasis, static (c, v) => c with { ConsentRightBasis = v }),
        CaseFact.Flag("account_shown", static c => c.AccountShown, static (c, v) => c with { AccountShown = v }),
        CaseFact.Flag("independent_of_other_consent", static c => c.IndependentOfOtherConsent, static (c, v) => c with { IndependentOfOtherConsent = v }),
        CaseFact.Flag("optional_apart", static c => c.OptionalApart, static (c, v) => c with { OptionalApart = v }),
        CaseFact.Flag("consent_timely", static c => c.ConsentTimely, static (c, v) => c with { ConsentTimely = v }),
    ];
}
