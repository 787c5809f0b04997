using System.Globalization;
using System.Resources;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>The words of the dashboard, in both languages. What has no words is named as it is recorded, never left out.</summary>
internal static class DashboardTexts
{
    private static readonly ResourceManager Resources = new(typeof(DashboardTexts));

    public static DashboardText State(DashboardConsentState state, string language) => new(Find("State_" + state, language)!, language);

    public static DashboardText Way(string way, string language) =>
        new(Find("Way_" + way, language) ?? Fill("Way_other", way, language), language);

    public static DashboardText StandingWay(string way, string language) =>
        new(Find("Standing_" + way, language) ?? Fill("Way_other", way, language), language);

    public static DashboardText Relationship(string relationship, string language) => new(Find("Proxy_" + relationship, language) ?? relationship, language);

    public static string ThisService(string language) => Find("ThisService", language)!;

    /// <summary>A kind of history line in words, and whether there are any.</summary>
    public static (DashboardText Text, bool IsKnown) Event(string kind, string language) => Find("Event_" + kind, language) is { } words && kind is not "unknown"
        ? (new(words, language), true)
        : (new(Fill("Event_unknown", kind, language), language), false);

    /// <summary>A purpose in the reader's language; as recorded where this package has no words for it.</summary>
    public static DashboardText Purpose(ConsentPurpose purpose, string recordedIn, string language) =>
        purpose.System == NoticeFactory.ActReason && NoticeTexts.FindPurpose(purpose.Code, language) is { } words ? new(words, language)
        : purpose.System == SignInOpening.PurposeSystem ? new(NoticeTexts.Get("Purpose_SignIn", language), language)
        : new(purpose.Text, recordedIn);

    /// <summary>A code of HL7 v3 ActReason in words, or the code.</summary>
    public static DashboardText Purpose(string code, string language) => NoticeTexts.FindPurpose(code, language) is { } words ? new(words, language) : new(code, null);

    /// <summary>A scope in words of today.</summary>
    public static DashboardText Scope(string scope, string language)
    {
        var parsed = FhirScope.Parse(scope);
        return parsed.Succeeded ? new(ResourceCategoryTexts.Describe(parsed.Value, language), language) : new(scope, null);
    }

    private static string? Find(string name, string language) => Resources.GetString(name, CultureInfo.GetCultureInfo(language));

    private static string Fill(string name, string value, string language) => string.Format(CultureInfo.InvariantCulture, Find(name, language)!, value);
}
