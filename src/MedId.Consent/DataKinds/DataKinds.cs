using MedId.Core;

namespace MedId.Consent;

/// <summary>The kinds of data as a table, and what follows from it.</summary>
public static class DataKinds
{
    private const string Section = "DEPA data types";

    /// <summary>The table.</summary>
    public static IReadOnlyList<DataKindRule> All { get; } =
    [
        new(DataKind.NonSharable, CanBeShared: false, NeedsConsent: true, OnwardSharing.Barred, new("not sharable", "共有不可")),
        new(DataKind.Personal, CanBeShared: true, NeedsConsent: true, OnwardSharing.Limited, new("personal data", "個人情報")),
        new(DataKind.Generated, CanBeShared: true, NeedsConsent: true, OnwardSharing.Restricted, new("generated data", "生成されたデータ")),
        new(DataKind.Derived, CanBeShared: true, NeedsConsent: true, OnwardSharing.Barred, new("derived data", "派生データ")),
        new(DataKind.Anonymous, CanBeShared: true, NeedsConsent: false, OnwardSharing.Barred, new("anonymous data set", "匿名化されたデータセット")),
        new(DataKind.Public, CanBeShared: true, NeedsConsent: false, OnwardSharing.Free, new("public data set", "公共のデータセット")),
    ];

    /// <summary>The row of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <exception cref="ArgumentOutOfRangeException">No kind.</exception>
    public static DataKindRule Of(DataKind kind) => kind is >= DataKind.NonSharable and <= DataKind.Public ? All[(int)kind] : throw new ArgumentOutOfRangeException(nameof(kind));

    /// <summary>Decides a sharing. A refusal stands whatever else is unknown; what is unknown and matters leaves it undetermined.</summary>
    /// <param name="sharing">The sharing.</param>
    /// <exception cref="ArgumentOutOfRangeException">A kind is none.</exception>
    public static DataSharingDecision Decide(DataSharing sharing)
    {
        ArgumentNullException.ThrowIfNull(sharing);
        var judged = sharing.Kinds.Distinct().Order().Select(k => Judge(Of(k), sharing)).ToList();
        if (judged.Find(d => d.Outcome == VerificationOutcome.Refused) is { } refused)
        {
            return refused;
        }

        string[] missing = sharing.Kinds.Count == 0 ? ["kinds"] : [.. judged.SelectMany(d => d.Missing).Distinct(StringComparer.Ordinal)];
        return missing.Length == 0 ? new(VerificationOutcome.Accepted, null, []) : Undetermined(missing);
    }

    private static DataSharingDecision Judge(DataKindRule rule, DataSharing sharing)
    {
        if (!rule.CanBeShared)
        {
            return Refused(ConsentErrorCodes.KindNotSharable, rule);
        }

        var first = rule.NeedsConsent ? AllOf(ConsentErrorCodes.KindNeedsConsent, rule, (sharing.ConsentStands, "consent_stands")) : Accepted;
        var onward = rule.Onward switch
        {
            OnwardSharing.Free => Accepted,
            OnwardSharing.Barred => Refused(ConsentErrorCodes.KindOnwardBarred, rule),
            OnwardSharing.Restricted => AllOf(ConsentErrorCodes.KindOnwardRestricted, rule, (sharing.OnwardConsentStands, "onward_consent_stands")),
            _ => AllOf(ConsentErrorCodes.KindOnwardLimited, rule, (sharing.RecipientNamed, "recipient_named"), (sharing.WithinPurpose, "within_purpose")),
        };
        return first.Outcome == VerificationOutcome.Refused || sharing.IsOnward == false ? first
            : sharing.IsOnward is null ? (onward.Outcome == VerificationOutcome.Accepted ? first : Undetermined([.. first.Missing, "is_onward"]))
            : onward.Outcome == VerificationOutcome.Refused ? onward
            : first.Missing.Count + onward.Missing.Count == 0 ? Accepted
            : Undetermined([.. first.Missing, .. onward.Missing]);
    }

    private static DataSharingDecision Accepted { get; } = new(VerificationOutcome.Accepted, null, []);

    private static DataSharingDecision AllOf(string code, DataKindRule rule, params ReadOnlySpan<(bool? Value, string Name)> facts)
    {
        var missing = new List<string>();
        foreach (var (value, name) in facts)
        {
            if (value == false)
            {
                return Refused(code, rule);
            }

            if (value is null)
            {
                missing.Add(name);
            }
        }

        return missing.Count == 0 ? Accepted : Undetermined(missing);
    }

    private static DataSharingDecision Undetermined(IReadOnlyList<string> missing) =>
        new(VerificationOutcome.Undetermined, new(ConsentErrorCodes.KindUndetermined, ErrorCategory.Policy, Section, $"not known: {string.Join(", ", missing)}"), missing);

    private static DataSharingDecision Refused(string code, DataKindRule rule) => new(VerificationOutcome.Refused, new(code, ErrorCategory.Policy, Section, rule.Text.En), []);
}
