using System.Globalization;
using System.Text.Json;
using MedId.Core;

namespace MedId.Pki;

/// <summary>One statement of trust data: what it says, on which source, how sure, and from when until when.</summary>
public sealed record TrustDataRow
{
    private TrustDataRow(string id, TrustDataStatus status, string source, DateTimeOffset? from, DateTimeOffset? until, JsonElement members)
    {
        Id = id;
        Status = status;
        Source = source;
        From = from;
        Until = until;
        Members = members;
    }

    /// <summary>The row's name inside its section, stable over versions.</summary>
    public string Id { get; }

    /// <summary>How sure it is.</summary>
    public TrustDataStatus Status { get; private init; }

    /// <summary>Where it comes from, in words; for a confirmed row what the operator wrote.</summary>
    public string Source { get; private init; }

    /// <summary>First instant at which it holds; null for always.</summary>
    public DateTimeOffset? From { get; }

    /// <summary>First instant at which it holds no more; null for no end.</summary>
    public DateTimeOffset? Until { get; }

    /// <summary>The row whole, with the members of its own kind.</summary>
    public JsonElement Members { get; }

    /// <summary>Whether the row may grant something at a time: verified or confirmed, and in its time.</summary>
    /// <param name="at">The reference time.</param>
    public bool Grants(DateTimeOffset at) =>
        Status is TrustDataStatus.Verified or TrustDataStatus.Confirmed && (From is null || at >= From) && (Until is null || at < Until);

    /// <summary>A text member; null when it is absent or no text.</summary>
    /// <param name="name">The member.</param>
    public string? Text(string name) => Members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    /// <summary>An integer member; null when it is absent or no integer of 32 bits.</summary>
    /// <param name="name">The member.</param>
    public int? Number(string name) =>
        Members.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    /// <summary>A time member (RFC 3339 in UTC with <c>Z</c>); null when it is absent or no such time.</summary>
    /// <param name="name">The member.</param>
    public DateTimeOffset? Time(string name) => ReadTime(Text(name));

    /// <summary>This row for which the operator answers.</summary>
    /// <param name="source">What the operator relies on.</param>
    /// <exception cref="InvalidOperationException">The row is withdrawn.</exception>
    internal TrustDataRow ConfirmedBy(string source) => Status switch
    {
        TrustDataStatus.Withdrawn => throw new InvalidOperationException($"The row {Id} is withdrawn and cannot be confirmed."),
        TrustDataStatus.Verified => this,
        _ => this with { Status = TrustDataStatus.Confirmed, Source = source },
    };

    internal static MedIdResult<TrustDataRow> Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object
            || TextOf(element, "id") is not { Length: > 0 and <= 128 } id
            || TextOf(element, "source") is not { Length: > 0 and <= 1024 } source
            || StatusOf(TextOf(element, "status")) is not { } status)
        {
            return TrustDataBundle.Malformed("a row has id, status (verified, unverified, withdrawn) and source");
        }

        DateTimeOffset? from = null, until = null;
        if ((element.TryGetProperty("from", out _) && (from = ReadTime(TextOf(element, "from"))) is null)
            || (element.TryGetProperty("until", out _) && (until = ReadTime(TextOf(element, "until"))) is null)
            || until <= from)
        {
            return TrustDataBundle.Malformed("from and until of a row are times in UTC, until after from");
        }

        return new TrustDataRow(id, status, source, from, until, element);
    }

    internal static DateTimeOffset? ReadTime(string? text) =>
        DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // "confirmed" is not read: a confirmation belongs to one installation and does not travel.
    private static TrustDataStatus? StatusOf(string? text) => text switch
    {
        "verified" => TrustDataStatus.Verified,
        "unverified" => TrustDataStatus.Unverified,
        "withdrawn" => TrustDataStatus.Withdrawn,
        _ => null,
    };

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
