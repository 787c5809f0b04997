using System.Globalization;

namespace MedId.Consent;

/// <summary>FHIR date, dateTime and Period: partial dates, and ends that are inclusive to the precision they are written with. A date without zone is read in UTC.</summary>
internal static class FhirTime
{
    /// <summary>The first and the last moment of what a dateTime says.</summary>
    public static bool TryParse(string text, out DateTimeOffset first, out DateTimeOffset next)
    {
        next = default;
        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal;
        var format = text.Length switch { 4 => "yyyy", 7 => "yyyy-MM", 10 => "yyyy-MM-dd", _ => null };
        if (format is not null && DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out first) && first.Year is > 1 and < 9999)
        {
            next = text.Length switch { 4 => first.AddYears(1), 7 => first.AddMonths(1), _ => first.AddDays(1) };
            return true;
        }

        if (!ArtefactTime.TryParse(text, out first))
        {
            return false;
        }

        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var digits = dot < 0 ? 0 : text.AsSpan(dot + 1).IndexOfAnyExceptInRange('0', '9');
        next = first.AddTicks((long)Math.Pow(10, 7 - digits));
        return true;
    }

    /// <summary>A start: a day where it begins one in UTC.</summary>
    public static string WriteStart(DateTimeOffset time) => IsDay(time) ? time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : ArtefactTime.Write(time);

    /// <summary>The end of a period that stops before a moment.</summary>
    public static string WriteEndBefore(DateTimeOffset next)
    {
        if (next.Year < 2)
        {
            return ArtefactTime.Write(next);
        }

        if (IsDay(next))
        {
            return next.AddDays(-1).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        }

        var step = next.Ticks % TimeSpan.TicksPerSecond == 0 ? TimeSpan.TicksPerSecond : next.Ticks % TimeSpan.TicksPerMillisecond == 0 ? TimeSpan.TicksPerMillisecond : 1;
        var last = next.AddTicks(-step);
        var fraction = step == TimeSpan.TicksPerSecond ? string.Empty : step == 1 ? ".fffffff" : ".fff";
        return last.ToString("yyyy-MM-dd'T'HH:mm:ss" + fraction + (last.Offset == TimeSpan.Zero ? "'Z'" : "zzz"), CultureInfo.InvariantCulture);
    }

    private static bool IsDay(DateTimeOffset time) => time.Offset == TimeSpan.Zero && time.TimeOfDay == TimeSpan.Zero;
}
