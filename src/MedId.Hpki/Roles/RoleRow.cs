using MedId.Pki;

namespace MedId.Hpki;

/// <summary>A row of the role table: a qualification or an administrator, and the text that stands for it in a certificate.</summary>
public sealed record RoleRow
{
    /// <summary>This project's short name of the role, e.g. <c>physician</c>; see <see cref="RoleIds"/>. No official code.</summary>
    public required string Id { get; init; }

    /// <summary>Qualification or administrator.</summary>
    public required HpkiRoleKind Kind { get; init; }

    /// <summary>Its name in Japanese.</summary>
    public required string Japanese { get; init; }

    /// <summary>The text in certificates, compared byte for byte; null where the spelling is not known, and then no certificate matches.</summary>
    public string? Text { get; init; }

    /// <summary>How sure the row is.</summary>
    public required TrustDataStatus Status { get; init; }

    /// <summary>Where it comes from.</summary>
    public required string Source { get; init; }

    /// <summary>First instant at which it holds; null for always.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>First instant at which it holds no more; null for no end.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether a certificate with this text has the role at a time.</summary>
    /// <param name="at">The reference time.</param>
    public bool Grants(DateTimeOffset at) =>
        Text is not null && Status is TrustDataStatus.Verified or TrustDataStatus.Confirmed && (From is null || at >= From) && (Until is null || at < Until);

    internal static RoleRow? Read(TrustDataRow row)
    {
        var kind = row.Text("kind") switch
        {
            "qualification" => HpkiRoleKind.Qualification,
            "administrator" => HpkiRoleKind.Administrator,
            _ => HpkiRoleKind.Unknown,
        };
        return kind != HpkiRoleKind.Unknown && row.Text("japanese") is { Length: > 0 } japanese
            ? new() { Id = row.Id, Kind = kind, Japanese = japanese, Text = row.Text("text"), Status = row.Status, Source = row.Source, From = row.From, Until = row.Until }
            : null;
    }
}
