namespace MedId.Consent;

/// <content>GDPR and ePrivacy.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Europe =>
    [
        CaseFact.Code("gdpr_basis", static c => c.GdprBasis, static (c, v) => c with { GdprBasis = v }),
        CaseFact.Code("gdpr_article9", static c => c.GdprArticle9, static (c, v) => c with { GdprArticle9 = v }),
        CaseFact.Flag("professional_secrecy", static c => c.ProfessionalSecrecy, static (c, v) => c with { ProfessionalSecrecy = v }),
        CaseFact.Flag("automated_decisions", static c => c.AutomatedDecisions, static (c, v) => c with { AutomatedDecisions = v }),
        CaseFact.Flag("has_dpo", static c => c.HasDpo, static (c, v) => c with { HasDpo = v }),
        CaseFact.Flag("online_service_to_child", static c => c.OnlineServiceToChild, static (c, v) => c with { OnlineServiceToChild = v }),
        CaseFact.Number("child_age_line", static c => c.ChildAgeLine, static (c, v) => c with { ChildAgeLine = v }),
        CaseFact.Flag("device_storage", static c => c.DeviceStorage, static (c, v) => c with { DeviceStorage = v }),
        CaseFact.Flag("device_strictly_needed", static c => c.DeviceStrictlyNeeded, static (c, v) => c with { DeviceStrictlyNeeded = v }),
        CaseFact.Flag("device_consent", static c => c.DeviceConsent, static (c, v) => c with { DeviceConsent = v }),
        CaseFact.Flag("reminder_declined", static c => c.ReminderDeclined, static (c, v) => c with { ReminderDeclined = v }),
        CaseFact.Number("months_since_reminder", static c => c.MonthsSinceReminder, static (c, v) => c with { MonthsSinceReminder = v }),
    ];
}
