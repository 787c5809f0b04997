using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

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
        var (shown, framework) = ShownNames(consent.Notice.Notice);
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

    /// <summary>The names in a notice: of recipients by client id, and of the trust framework.</summary>
    private static (Dictionary<string, string> Recipients, string? Framework) ShownNames(string notice)
    {
        var recipients = new Dictionary<string, string>(StringComparer.Ordinal);
        if (StrictJson.ParseObject(Encoding.UTF8.GetBytes(notice)) is not { Succeeded: true, Value: var json })
        {
            return (recipients, null);
        }

        foreach (var one in json.TryGetProperty("recipients", out var list) && list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default)
        {
            if (Text(one, "client_id") is { } client && Text(one, "name") is { } name)
            {
                recipients[client] = name;
            }
        }

        return (recipients, json.TryGetProperty("trust_framework", out var framework) ? Text(framework, "name") : null);
    }

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
