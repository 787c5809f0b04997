using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>Who may open a record without consent in an emergency, how far and how often. Nothing has a default that opens anything.</summary>
public sealed class BreakGlassOptions
{
    /// <summary>The longest time that one emergency may open data.</summary>
    public static readonly TimeSpan LongestAccess = TimeSpan.FromMinutes(60);

    /// <summary>The clients that may ask.</summary>
    public IList<string> Clients { get; } = [];

    /// <summary>The doctors' roles that may ask.</summary>
    public IList<BreakGlassRole> Roles { get; } = [];

    /// <summary>The purposes that are an emergency, codes of HL7 v3 ActReason.</summary>
    /// <value>BTG and ETREAT.</value>
    public IList<string> Purposes { get; } = ["BTG", "ETREAT"];

    /// <summary>The reasons that count, each with words for patients.</summary>
    public IList<BreakGlassReasonWords> Reasons { get; } = [];

    /// <summary>The scopes that may be opened: what is asked beyond them is left out. <c>btg</c> itself needs no entry.</summary>
    public IList<string> Scopes { get; } = [];

    /// <summary>How long data may be read.</summary>
    /// <value>15 minutes; at most 60.</value>
    public TimeSpan Access { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How often one doctor may break the glass within <see cref="Window"/>.</summary>
    /// <value>5.</value>
    public int LimitPerPractitioner { get; set; } = 5;

    /// <summary>The window of <see cref="LimitPerPractitioner"/>. Windows follow each other, so at the turn of one the limit can be reached twice in a row.</summary>
    /// <value>1 hour.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromHours(1);

    /// <summary>The operator's own words for why this is lawful without consent, Japanese, e.g. with the article on which the operator relies. Recorded, not judged.</summary>
    public string JapaneseLegalBasis { get; set; } = string.Empty;

    /// <summary>The same in English.</summary>
    public string EnglishLegalBasis { get; set; } = string.Empty;

    /// <summary>What is missing or contradictory.</summary>
    /// <returns>Empty when all is well.</returns>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        Require(Clients.Count > 0, "Clients is empty: name the clients that may ask.");
        Require(Roles.Count > 0 && Roles.All(role => role is { System.Length: > 0, Code.Length: > 0 }), "Roles is empty: name the coded roles that may ask.");
        Require(Purposes.Count > 0 && Purposes.All(code => NoticeTexts.FindPurpose(code, "en") is not null), "Purposes: each is a code that this package has words for.");
        Require(
            Reasons.Count > 0 && Reasons.All(one => one.Code.Length is > 0 and <= 64 && Texts.IsShort(one.Japanese) && Texts.IsShort(one.English))
            && Reasons.Select(one => one.Code).Distinct(StringComparer.Ordinal).Count() == Reasons.Count,
            "Reasons: at least one, each code once, with words in Japanese and English.");
        Require(Scopes.Count > 0 && Scopes.All(one => FhirScope.Parse(one) is { Succeeded: true, Value.Kind: not (FhirScopeKind.Other or FhirScopeKind.BreakTheGlass) }), "Scopes: name the HEART or SMART scopes that may be opened.");
        Require(Access > TimeSpan.Zero && Access <= LongestAccess, "Access has to be more than zero and at most 60 minutes.");
        Require(LimitPerPractitioner is > 0 and <= 100, "LimitPerPractitioner has to be from 1 to 100.");
        Require(Window >= TimeSpan.FromMinutes(1) && Window <= TimeSpan.FromDays(1), "Window has to be from one minute to one day.");
        Require(Texts.IsShort(JapaneseLegalBasis) && Texts.IsShort(EnglishLegalBasis), "JapaneseLegalBasis and EnglishLegalBasis are not set, or longer than 200 characters.");
        return wrong;

        void Require(bool holds, string message)
        {
            if (!holds)
            {
                wrong.Add("BreakGlassOptions: " + message);
            }
        }
    }
}
