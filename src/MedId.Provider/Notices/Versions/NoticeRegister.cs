using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using MedId.Consent;

namespace MedId.Provider;

/// <summary>The versions of what is said about each recipient: which one is shown, what a later one changed, whether a consent under an older one still stands.</summary>
internal sealed class NoticeRegister
{
    private readonly Dictionary<string, Versions> _byClient;

    /// <exception cref="ArgumentException">The versions of one recipient do not rise.</exception>
    public NoticeRegister(IEnumerable<RecipientNotice> notices) =>
        _byClient = notices.GroupBy(notice => notice.ClientId, StringComparer.Ordinal).ToDictionary(group => group.Key, group => new Versions([.. group]), StringComparer.Ordinal);

    /// <summary>What is shown about a recipient; null when nothing beside the OP's own texts.</summary>
    public RecipientNotice? Current(string clientId, DateTimeOffset at) => _byClient.TryGetValue(clientId, out var versions) ? versions.At(at) : null;

    /// <summary>What was shown about a recipient.</summary>
    public RecipientNotice? Find(string clientId, int? version) => version is { } number && _byClient.TryGetValue(clientId, out var versions) ? versions.Find(number) : null;

    /// <summary>Whether there is more than one version, so that something may have changed.</summary>
    public bool HasVersions(string clientId) => _byClient.TryGetValue(clientId, out var versions) && versions.Count > 1;

    /// <summary>Whether a consent under a version stands: no material change since.</summary>
    /// <param name="clientId">The recipient.</param>
    /// <param name="version">The version shown; null when none was: the first one is compared with.</param>
    /// <param name="at">Now.</param>
    public bool Stands(string clientId, int? version, DateTimeOffset at) => !_byClient.TryGetValue(clientId, out var versions) || versions.Stands(version, at);

    /// <summary>What changed since a version, in words; empty when nothing did.</summary>
    public IReadOnlyList<ShownChange> Changes(string clientId, int? version, string language, DateTimeOffset at) =>
        _byClient.TryGetValue(clientId, out var versions) ? versions.Changes(version, language, at) : [];

    private sealed class Versions
    {
        private readonly RecipientNotice[] _notices;
        private readonly NoticeVersion[] _versions;
        private readonly NoticeVersions _all;
        private readonly ConcurrentDictionary<(int Version, int Current), bool> _stands = new();

        public Versions(RecipientNotice[] notices)
        {
            _notices = notices;
            _versions = [.. notices.Select(notice => notice.ToVersion())];
            _all = new(_versions);
        }

        public int Count => _versions.Length;

        public RecipientNotice? Find(int version) => Array.Find(_notices, notice => notice.Version == version);

        public RecipientNotice? At(DateTimeOffset at) => _all.At(at) is { } current ? Array.Find(_notices, notice => notice.Version == current.Version) : null;

        public bool Stands(int? version, DateTimeOffset at)
        {
            if (_all.At(at) is not { } current)
            {
                return true;
            }

            return _stands.GetOrAdd((version ?? _versions[0].Version, current.Version), pair =>
                Array.Find(_versions, one => one.Version == pair.Version) is { } before && NoticeVersions.FollowUp(NoticeVersions.Compare(before, current)) != NoticeFollowUp.AskAgain);
        }

        public IReadOnlyList<ShownChange> Changes(int? version, string language, DateTimeOffset at)
        {
            var now = At(at);
            var before = Array.Find(_notices, notice => notice.Version == (version ?? _versions[0].Version));
            return now is null || before is null
                ? []
                : [.. NoticeVersions.Compare(before.ToVersion(), now.ToVersion()).Select(change => new ShownChange(
                    JsonNamingPolicy.KebabCaseLower.ConvertName(change.Field.ToString()), change.IsMaterial, Words(change, before, now, language)))];
        }

        /// <summary>Before and now in the notices' own words where both have some; else the codes that came and went; digests of wordings are no words.</summary>
        private static string Words(NoticeChange change, RecipientNotice before, RecipientNotice now, string language)
        {
            var culture = CultureInfo.GetCultureInfo(language);
            var field = ReuseTexts.Get("Field_" + change.Field, language);
            if (FactOf(change.Field) is { } fact && Said(before, fact, language) is { } said && Said(now, fact, language) is { } says && !string.Equals(said, says, StringComparison.Ordinal))
            {
                return string.Format(culture, ReuseTexts.Get("Changed", language), field, said, says);
            }

            var separator = ReuseTexts.Get("Separator", language);
            var (added, removed) = (string.Join(separator, change.Added), string.Join(separator, change.Removed));
            return change.Field is NoticeField.Wording || (added.Length == 0 && removed.Length == 0) ? string.Format(culture, ReuseTexts.Get("Changed_Only", language), field)
                : added.Length == 0 ? string.Format(culture, ReuseTexts.Get("Changed_Removed", language), field, removed)
                : removed.Length == 0 ? string.Format(culture, ReuseTexts.Get("Changed_Added", language), field, added)
                : string.Format(culture, ReuseTexts.Get("Changed", language), field, removed, added);
        }

        private static string? Said(RecipientNotice notice, string fact, string language) =>
            notice.Statements.FirstOrDefault(statement => string.Equals(statement.Fact, fact, StringComparison.Ordinal))?.In(language).TrimEnd('。', '.');

        private static string? FactOf(NoticeField field) => field switch
        {
            NoticeField.Controller => "notice_controller",
            NoticeField.Retention => "notice_retention",
            NoticeField.ThirdParty => "notice_recipients",
            NoticeField.Country => "notice_country",
            NoticeField.Rights => "notice_rights",
            NoticeField.Contact => "notice_controller_contact",
            _ => null,
        };
    }
}
