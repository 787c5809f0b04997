using MedId.Core;

namespace MedId.Provider;

/// <summary>Recipient by kind of data, over all consents of a person.</summary>
internal static class DashboardMatrix
{
    /// <param name="consents">Newest first, each with whether it opens something now.</param>
    /// <param name="language">The reader's language.</param>
    public static List<DashboardRecipient> Of(IEnumerable<(ConsentRecord Consent, bool Stands)> consents, string language)
    {
        var words = new Dictionary<string, DashboardText>(StringComparer.Ordinal);
        return
        [
            .. consents.GroupBy(one => one.Consent.Recipient.ClientId, StringComparer.Ordinal)
                .Select(group => Recipient([.. group], scope => words.TryGetValue(scope, out var known) ? known : words[scope] = DashboardTexts.Scope(scope, language)))
                .OrderByDescending(recipient => recipient.ActiveConsents.Count > 0),
        ];
    }

    private static DashboardRecipient Recipient(List<(ConsentRecord Consent, bool Stands)> consents, Func<string, DashboardText> words) => new()
    {
        Recipient = consents[0].Consent.Recipient,
        Cells =
        [
            .. consents.SelectMany(one => one.Consent.ScopesShown).Distinct(StringComparer.Ordinal)
                .Select(scope => Cell(scope, words(scope), consents))
                .OrderBy(cell => cell.State).ThenBy(cell => cell.Text.Text, StringComparer.Ordinal),
        ],
        ActiveConsents = [.. consents.Where(one => one.Stands).Select(one => one.Consent.Id)],
        Consents = consents.Count,
    };

    private static DashboardCell Cell(string scope, DashboardText text, List<(ConsentRecord Consent, bool Stands)> consents)
    {
        var granted = consents.Where(one => one.Consent.ScopesGranted.Contains(scope, StringComparer.Ordinal)).ToList();
        DateTimeOffset? until = granted.Where(one => one.Stands).Select(one => (DateTimeOffset?)one.Consent.AccessUntil).Max();
        var state = until is not null ? DashboardCellState.Readable : granted.Count > 0 ? DashboardCellState.Ended : DashboardCellState.Refused;
        return new(scope, text, state, until);
    }
}
