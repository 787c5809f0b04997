using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;

namespace MedId.Consent;

/// <summary>One fact of a case by its name: how it is read for a rule, and how it is put in from data.</summary>
internal sealed class CaseFact
{
    // Flags are read often: each value is boxed once.
    private static readonly object Yes = true;
    private static readonly object No = false;
    private readonly Func<ConsentCase, JsonElement, ConsentCase?> _put;

    private CaseFact(string name, FactKind kind, Func<ConsentCase, object?> read, Func<ConsentCase, JsonElement, ConsentCase?> put, IReadOnlyCollection<string>? codes = null) =>
        (Name, Kind, Read, _put, Codes) = (name, kind, read, put, codes ?? []);

    public string Name { get; }

    public FactKind Kind { get; }

    /// <summary>The codes that a fact of this kind may have; empty for other kinds.</summary>
    public IReadOnlyCollection<string> Codes { get; }

    /// <summary>The value as bool, long (also for times, in ticks) or text; null when it is not known.</summary>
    public Func<ConsentCase, object?> Read { get; }

    public static CaseFact Flag(string name, Func<ConsentCase, bool?> read, Func<ConsentCase, bool, ConsentCase> put) =>
        new(name, FactKind.Flag, c => read(c) is { } value ? value ? Yes : No : null, (c, v) => v.ValueKind is JsonValueKind.True or JsonValueKind.False ? put(c, v.GetBoolean()) : null);

    public static CaseFact Number(string name, Func<ConsentCase, int?> read, Func<ConsentCase, int, ConsentCase> put) =>
        new(name, FactKind.Number, c => (long?)read(c), (c, v) => v.ValueKind == JsonValueKind.Number && v.TryGetInt32(out var number) && number >= 0 ? put(c, number) : null);

    public static CaseFact Time(string name, Func<ConsentCase, DateTimeOffset?> read, Func<ConsentCase, DateTimeOffset, ConsentCase> put) =>
        new(name, FactKind.Time, c => read(c)?.UtcTicks, (c, v) => v.ValueKind == JsonValueKind.String && TryReadTime(v.GetString()!, out var time) ? put(c, time) : null);

    public static CaseFact Text(string name, Func<ConsentCase, string?> read, Func<ConsentCase, string, ConsentCase> put) =>
        new(name, FactKind.Text, read, (c, v) => v.ValueKind == JsonValueKind.String && LawPlaces.IsCode(v.GetString()!) ? put(c, v.GetString()!) : null);

    public static CaseFact Code<T>(string name, Func<ConsentCase, T?> read, Func<ConsentCase, T, ConsentCase> put)
        where T : struct, Enum
    {
        var names = Enum.GetValues<T>().ToFrozenDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));
        var values = names.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
        return new(
            name,
            FactKind.Code,
            c => read(c) is not { } value ? null : names.TryGetValue(value, out var code) ? code : throw new ArgumentException($"{name} is none of its values.", nameof(read)),
            (c, v) => v.ValueKind == JsonValueKind.String && values.TryGetValue(v.GetString()!, out var value) ? put(c, value) : null,
            names.Values);
    }

    /// <summary>The cases of APPI 27(1), whose codes are articles; both numberings are read.</summary>
    public static CaseFact Exception(string name, Func<ConsentCase, AppiException?> read, Func<ConsentCase, AppiException, ConsentCase> put) => new(
        name,
        FactKind.Code,
        c => read(c) is { } value ? AppiArticles.CodeOf(value) : null,
        (c, v) => v.ValueKind == JsonValueKind.String && AppiArticles.TryReadException(v.GetString()!, out var value) ? put(c, value) : null,
        [.. Enum.GetValues<AppiException>().Select(AppiArticles.CodeOf)]);

    /// <summary>The case with this fact; null when the value is none of the fact.</summary>
    public ConsentCase? TryPut(ConsentCase facts, JsonElement value) => _put(facts, value);

    // RFC 3339 §5.6; a time without offset means nothing.
    private static bool TryReadTime(string text, out DateTimeOffset time)
    {
        time = default;
        return text.Length is >= 20 and <= 40 && (text[^1] == 'Z' || text[^6] is '+' or '-')
            && DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time);
    }
}
