namespace MedId.Consent;

/// <content>CCPA.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] California =>
    [
        CaseFact.Flag("sells_or_shares", static c => c.SellsOrShares, static (c, v) => c with { SellsOrShares = v }),
        CaseFact.Flag("opt_out_link", static c => c.OptOutLink, static (c, v) => c with { OptOutLink = v }),
        CaseFact.Flag("preference_signal_honoured", static c => c.PreferenceSignalHonoured, static (c, v) => c with { PreferenceSignalHonoured = v }),
        CaseFact.Flag("opted_out", static c => c.OptedOut, static (c, v) => c with { OptedOut = v }),
        CaseFact.Flag("asked_again", static c => c.AskedAgain, static (c, v) => c with { AskedAgain = v }),
        CaseFact.Number("months_since_opt_out", static c => c.MonthsSinceOptOut, static (c, v) => c with { MonthsSinceOptOut = v }),
        CaseFact.Flag("opted_in_again", static c => c.OptedInAgain, static (c, v) => c with { OptedInAgain = v }),
        CaseFact.Number("opt_in_steps", static c => c.OptInSteps, static (c, v) => c with { OptInSteps = v }),
        CaseFact.Flag("limit_use_link", static c => c.LimitUseLink, static (c, v) => c with { LimitUseLink = v }),
        CaseFact.Flag("limit_use_requested", static c => c.LimitUseRequested, static (c, v) => c with { LimitUseRequested = v }),
        CaseFact.Flag("used_beyond_limit", static c => c.UsedBeyondLimit, static (c, v) => c with { UsedBeyondLimit = v }),
        CaseFact.Flag("age_known", static c => c.AgeKnown, static (c, v) => c with { AgeKnown = v }),
        CaseFact.Flag("age_disregarded", static c => c.AgeDisregarded, static (c, v) => c with { AgeDisregarded = v }),
        CaseFact.Flag("minor_opted_in", static c => c.MinorOptedIn, static (c, v) => c with { MinorOptedIn = v }),
        CaseFact.Flag("parent_opted_in", static c => c.ParentOptedIn, static (c, v) => c with { ParentOptedIn = v }),
        CaseFact.Code("request_kind", static c => c.RequestKind, static (c, v) => c with { RequestKind = v }),
        CaseFact.Number("request_calendar_days", static c => c.RequestCalendarDays, static (c, v) => c with { RequestCalendarDays = v }),
        CaseFact.Number("request_business_days", static c => c.RequestBusinessDays, static (c, v) => c with { RequestBusinessDays = v }),
        CaseFact.Flag("request_extended", static c => c.RequestExtended, static (c, v) => c with { RequestExtended = v }),
    ];
}
