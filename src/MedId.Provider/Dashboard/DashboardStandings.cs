using MedId.Core;

namespace MedId.Provider;

/// <summary>Consents given beforehand, as their person reads them.</summary>
internal static class DashboardStandings
{
    /// <param name="consent">The record.</param>
    /// <param name="names">The names of recipients, as far as consents have told them.</param>
    /// <param name="now">Now.</param>
    /// <param name="language">The reader's language.</param>
    public static DashboardStanding Describe(StandingConsent consent, IReadOnlyDictionary<string, string> names, DateTimeOffset now, string language)
    {
        var way = DashboardGround.Way(consent);
        var state = consent.Status == ConsentStatus.Withdrawn ? DashboardConsentState.Withdrawn : consent.MayBeUsed(now) ? DashboardConsentState.Given : DashboardConsentState.Expired;
        var (shown, framework) = StandingNoticeReading.Names(consent);
        return new()
        {
            Id = consent.Id,
            Way = way,
            WayText = DashboardTexts.StandingWay(way, language),
            State = state,
            StateText = DashboardTexts.State(state, language),
            Recipients = [.. consent.Recipients.Select(client => new ConsentParty(client, names.GetValueOrDefault(client) ?? shown.GetValueOrDefault(client, client)))],
            TrustFramework = consent.TrustFramework,
            TrustFrameworkName = consent.TrustFramework is null ? null : framework ?? consent.TrustFramework,
            Categories = [.. consent.Scopes.Select(scope => new DashboardCategory(scope, DashboardTexts.Scope(scope, language), Granted: true))],
            Purposes = [.. consent.Purposes.Select(code => DashboardTexts.Purpose(code, language))],
            GivenAt = consent.GivenAt,
            ValidUntil = consent.ValidUntil,
            WithdrawnAt = consent.WithdrawnAt,
            Uses = consent.Uses,
            MaxUses = consent.MaxUses,
        };
    }
}
