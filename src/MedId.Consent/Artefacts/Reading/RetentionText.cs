using System.Globalization;

namespace MedId.Consent;

/// <summary>Retention where a format has one text for it: a moment, an ISO 8601 duration of one unit, or words.</summary>
internal static class RetentionText
{
    private static readonly WordTable<ArtefactTimeUnit> Units = new(("Y", ArtefactTimeUnit.Year), ("M", ArtefactTimeUnit.Month), ("W", ArtefactTimeUnit.Week), ("D", ArtefactTimeUnit.Day));

    public static ArtefactRetention? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        return ArtefactTime.TryParse(text, out var until) ? ArtefactRetention.At(until)
            : TrySpan(text, out var unit, out var value) ? ArtefactRetention.For(unit, value)
            : ArtefactRetention.InWords(text);
    }

    public static string Write(ArtefactRetention? retention) => retention switch
    {
        null => string.Empty,
        { Until: { } until } => ArtefactTime.Write(until),
        { Unit: ArtefactTimeUnit.Hour, Value: { } hours } => string.Create(CultureInfo.InvariantCulture, $"PT{hours}H"),
        { Unit: { } unit, Value: { } value } when Units.TryWord(unit, out var word) => string.Create(CultureInfo.InvariantCulture, $"P{value}{word}"),
        { Unit: not null } => "unlimited",
        _ => retention.Text ?? string.Empty,
    };

    /// <summary>A span of one unit, e.g. <c>P6M</c>.</summary>
    public static bool TrySpan(string text, out ArtefactTimeUnit unit, out long value)
    {
        (unit, value) = (default, 0);
        if (text == "unlimited")
        {
            unit = ArtefactTimeUnit.Unlimited;
            return true;
        }

        var hours = text.StartsWith("PT", StringComparison.Ordinal) && text.EndsWith('H');
        var digits = hours ? text.AsSpan(2) : text.StartsWith('P') ? text.AsSpan(1) : default;
        return digits.Length >= 2 && digits[0] is not '0'
            && (hours || Units.TryFind(text[^1..], out unit))
            && long.TryParse(digits[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out value)
            && (digits.Length < 10);
    }

    /// <summary>The moment at which a span from a moment ends; null for one without end, and for one beyond the calendar.</summary>
    public static DateTimeOffset? EndOf(DateTimeOffset from, ArtefactTimeUnit unit, long value)
    {
        try
        {
            return (unit, value) switch
            {
                (_, < 0 or > 100_000) => null,
                (ArtefactTimeUnit.Hour, _) => from.AddHours(value),
                (ArtefactTimeUnit.Day, _) => from.AddDays(value),
                (ArtefactTimeUnit.Week, _) => from.AddDays(7 * value),
                (ArtefactTimeUnit.Month, _) => from.AddMonths((int)value),
                (ArtefactTimeUnit.Year, _) => from.AddYears((int)value),
                _ => null,
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
