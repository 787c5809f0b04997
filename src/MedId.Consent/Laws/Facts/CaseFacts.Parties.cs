namespace MedId.Consent;

/// <content>Who takes part.</content>
internal static partial class CaseFacts
{
    private static CaseFact[] Parties =>
    [
        CaseFact.Text("subject_jurisdiction", static c => c.SubjectJurisdiction, static (c, v) => c with { SubjectJurisdiction = v }),
        CaseFact.Text("provider_jurisdiction", static c => c.ProviderJurisdiction, static (c, v) => c with { ProviderJurisdiction = v }),
        CaseFact.Text("recipient_jurisdiction", static c => c.RecipientJurisdiction, static (c, v) => c with { RecipientJurisdiction = v }),
        CaseFact.Number("subject_age", static c => c.SubjectAge, static (c, v) => c with { SubjectAge = v }),
        CaseFact.Flag("subject_capable", static c => c.SubjectCapable, static (c, v) => c with { SubjectCapable = v }),
        CaseFact.Flag("consent_by_representative", static c => c.ConsentByRepresentative, static (c, v) => c with { ConsentByRepresentative = v }),
        CaseFact.Code("recipient_kind", static c => c.RecipientKind, static (c, v) => c with { RecipientKind = v }),
        CaseFact.Flag("provider_is_academic", static c => c.ProviderIsAcademic, static (c, v) => c with { ProviderIsAcademic = v }),
        CaseFact.Flag("recipient_is_academic", static c => c.RecipientIsAcademic, static (c, v) => c with { RecipientIsAcademic = v }),
    ];
}
