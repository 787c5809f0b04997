using System.Text.Json;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Turns records into what their person reads.</summary>
internal static class DashboardReading
{
    private static readonly HashSet<string> Accesses = new(StringComparer.Ordinal) { "token-issued", "token-refreshed", "refreshed", "read" };

    public static DashboardConsentState State(ConsentRecord consent, bool stands, DateTimeOffset now) => consent.Status == ConsentStatus.Withdrawn ? DashboardConsentState.Withdrawn
        : !consent.IsActive(now) ? DashboardConsentState.Expired
        : !stands ? DashboardConsentState.Stopped
        : consent.ScopesShown.Except(consent.ScopesGranted, StringComparer.Ordinal).Any() ? DashboardConsentState.Narrowed
        : DashboardConsentState.Given;

    public static DashboardConsent Consent(ConsentRecord consent, DashboardConsentState state, IReadOnlyList<ConsentEvent> events, int lines, string language)
    {
        var (accesses, history) = (new List<DashboardLine>(), new List<DashboardLine>());
        var counts = (Accesses: 0, History: 0);
        for (var index = events.Count - 1; index >= 0; index--)
        {
            var isAccess = Accesses.Contains(events[index].Kind);
            var list = isAccess ? accesses : history;
            if (list.Count < lines)
            {
                list.Add(Line(events[index], consent, language));
            }

            counts = isAccess ? (counts.Accesses + 1, counts.History) : (counts.Accesses, counts.History + 1);
        }

        var way = DashboardGround.Way(consent);
        return new()
        {
            Id = consent.Id,
            State = state,
            StateText = DashboardTexts.State(state, language),
            Recipient = consent.Recipient,
            Practitioner = consent.Practitioner,
            Purpose = DashboardTexts.Purpose(consent.Purpose, consent.Notice.Language, language),
            Categories = Categories(consent, language),
            GivenAt = consent.GivenAt,
            AccessUntil = consent.AccessUntil,
            Reuse = NoticeReuse.WordOf(consent.Reuse ?? ConsentReuse.EachTime),
            ReuseText = ReuseTexts.OfVariant(consent.Reuse ?? ConsentReuse.EachTime, language),
            WithdrawnAt = consent.WithdrawnAt,
            Way = way,
            WayText = DashboardTexts.Way(way, language),
            Reason = consent.Ground?.Reason,
            StandingConsent = consent.Ground?.StandingConsentId,
            Proxy = DashboardGround.Proxy(consent, language),
            Digest = consent.Notice.Digest,
            Accesses = accesses,
            AccessCount = counts.Accesses,
            History = history,
            HistoryCount = counts.History,
        };
    }

    /// <summary>The words that were shown, where they are in the reader's language; else today's words for the same scopes.</summary>
    private static List<DashboardCategory> Categories(ConsentRecord consent, string language)
    {
        var shown = consent.Notice.Language == language ? Shown(consent.Notice.Notice) : [];
        var granted = consent.ScopesGranted.ToHashSet(StringComparer.Ordinal);
        return
        [
            .. consent.ScopesShown.Select(scope => new DashboardCategory(
                scope, shown.TryGetValue(scope, out var text) ? new(text, language) : DashboardTexts.Scope(scope, language), granted.Contains(scope))),
        ];
    }

    private static Dictionary<string, string> Shown(string notice)
    {
        using var document = JsonDocument.Parse(notice);
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (document.RootElement.TryGetProperty("categories", out var categories))
        {
            foreach (var category in categories.EnumerateArray())
            {
                texts[category.GetProperty("scope").GetString()!] = category.GetProperty("text").GetString()!;
            }
        }

        return texts;
    }

    private static DashboardLine Line(ConsentEvent line, ConsentRecord consent, string language)
    {
        var (text, known) = DashboardTexts.Event(line.Kind, language);
        return new()
        {
            At = line.At,
            Kind = line.Kind,
            Text = text,
            IsKnown = known,
            By = line.By == consent.Proxy?.Subject ? "proxy" : line.By,
            ByName = line.By == consent.Recipient.ClientId ? consent.Recipient.Name : line.By == consent.Proxy?.Subject ? consent.Proxy?.Name : null,
        };
    }
}
