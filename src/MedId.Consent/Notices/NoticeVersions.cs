using MedId.Core;

namespace MedId.Consent;

/// <summary>All versions of one notice: which one to show, what was shown, and what a later one asks for.</summary>
public sealed class NoticeVersions
{
    private static readonly (NoticeField Field, Func<NoticeVersion, IEnumerable<string>> Read)[] Fields =
    [
        (NoticeField.Controller, v => v.Controllers), (NoticeField.Recipient, v => v.Recipients), (NoticeField.Purpose, v => v.Purposes), (NoticeField.Data, v => v.Data),
        (NoticeField.Retention, v => v.Retention), (NoticeField.ThirdParty, v => v.ThirdParties), (NoticeField.Country, v => v.Countries), (NoticeField.Rights, v => v.Rights),
        (NoticeField.Contact, v => v.Contacts), (NoticeField.Wording, v => v.Wordings.Select(w => $"{w.Key} {w.Value}")), (NoticeField.Languages, v => v.Wordings.Keys),
        (NoticeField.ImpactAssessment, v => v.ImpactAssessment is { } reference ? [reference] : []),
    ];

    private readonly NoticeVersion[] _versions;

    /// <summary>Versions of one notice.</summary>
    /// <param name="versions">At least one, of one notice, numbers and times rising.</param>
    /// <exception cref="ArgumentException">They are not so.</exception>
    public NoticeVersions(params IEnumerable<NoticeVersion> versions)
    {
        ArgumentNullException.ThrowIfNull(versions);
        _versions = [.. versions];
        if (_versions.Length == 0 || _versions.Zip(_versions.Skip(1)).Any(p => p.First.NoticeId != p.Second.NoticeId || p.First.Version >= p.Second.Version || p.First.PublishedAt > p.Second.PublishedAt))
        {
            throw new ArgumentException("Versions of one notice, rising, are needed.", nameof(versions));
        }
    }

    /// <summary>The version that is shown at a time.</summary>
    /// <param name="at">The time.</param>
    /// <returns>Null before the first.</returns>
    public NoticeVersion? At(DateTimeOffset at) => Array.FindLast(_versions, v => v.PublishedAt <= at);

    /// <summary>Records that the current version was shown.</summary>
    /// <param name="language">The BCP 47 language in which it was shown; another one than those of the version is never recorded.</param>
    /// <param name="at">When.</param>
    /// <returns>The record; <c>consent.notice_unknown</c> before the first version, <c>consent.notice_language</c> where it has no wording in that language.</returns>
    public MedIdResult<NoticeShown> Show(string language, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(language);
        return At(at) is not { } version ? Error(ConsentErrorCodes.NoticeUnknown)
            : !version.Wordings.TryGetValue(language, out var digest) ? Error(ConsentErrorCodes.NoticeLanguage)
            : new NoticeShown { NoticeId = version.NoticeId, Version = version.Version, Language = language, WordingDigest = digest, ShownAt = at };
    }

    /// <summary>What differs between the version that was shown and the one of a time.</summary>
    /// <param name="shown">What was shown.</param>
    /// <param name="at">The time.</param>
    /// <returns>The changes, in the order of <see cref="NoticeField"/>; <c>consent.notice_unknown</c> for a version that is none of these, or whose wording is not what was shown.</returns>
    public MedIdResult<IReadOnlyList<NoticeChange>> ChangesSince(NoticeShown shown, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(shown);
        var before = Array.Find(_versions, v => v.Version == shown.Version && string.Equals(v.NoticeId, shown.NoticeId, StringComparison.Ordinal));
        return before is null || At(at) is not { } now || now.Version < before.Version || before.Wordings.GetValueOrDefault(shown.Language) != shown.WordingDigest
            ? Error(ConsentErrorCodes.NoticeUnknown)
            : Differences(before, now);
    }

    /// <summary>What differs between two versions.</summary>
    /// <param name="before">The earlier one.</param>
    /// <param name="after">The later one.</param>
    public static IReadOnlyList<NoticeChange> Compare(NoticeVersion before, NoticeVersion after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        return Differences(before, after);
    }

    private static List<NoticeChange> Differences(NoticeVersion before, NoticeVersion after)
    {
        var changes = new List<NoticeChange>();
        foreach (var (field, read) in Fields)
        {
            var (old, now) = (read(before).ToHashSet(StringComparer.Ordinal), read(after).ToHashSet(StringComparer.Ordinal));
            if (!old.SetEquals(now))
            {
                changes.Add(new(field, [.. now.Except(old, StringComparer.Ordinal).Order(StringComparer.Ordinal)], [.. old.Except(now, StringComparer.Ordinal).Order(StringComparer.Ordinal)]));
            }
        }

        return changes;
    }

    /// <summary>What changes ask for: one material change asks again, any other is told.</summary>
    /// <param name="changes">The changes.</param>
    public static NoticeFollowUp FollowUp(IReadOnlyCollection<NoticeChange> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return changes.Any(c => c.IsMaterial) ? NoticeFollowUp.AskAgain : changes.Count > 0 ? NoticeFollowUp.Tell : NoticeFollowUp.None;
    }

    private static MedIdError Error(string code) => new(code, ErrorCategory.State, "ISO/IEC 29184 §5.2");
}
