using System.Globalization;

namespace MedId.Consent;

/// <summary>Times as artefacts write them (RFC 3339): with seconds and a zone, offsets kept as written.</summary>
internal static class ArtefactTime
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss";

    public static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;

        // The parser below would take one digit where two are asked for, and other zones than Z and ±hh:mm.
        var zone = text.EndsWith('Z') ? 1 : 6;
        var digits = text.Length - 19 - zone;
        if (text.Length < 20 || (digits != 0 && (digits is < 2 or > 8 || text[19] != '.')) || (zone == 6 && text[^6] is not ('+' or '-')))
        {
            return false;
        }

        var format = Seconds + (digits == 0 ? string.Empty : "." + new string('f', digits - 1)) + (zone == 1 ? "'Z'" : "zzz");
        var styles = zone == 1 ? DateTimeStyles.AssumeUniversal : DateTimeStyles.None;

        // The first and the last year of the calendar are left out, so that a day can be added or taken anywhere.
        return DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, styles, out time) && time.UtcDateTime.Year is > 1 and < 9999 && time.Year is > 1 and < 9999;
    }

    /// <summary>Without a fraction where there is none.</summary>
    public static string Write(DateTimeOffset time) => Write(time, time.Ticks % TimeSpan.TicksPerSecond == 0 ? 0 : time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 3 : 7);

    /// <summary>With milliseconds at least.</summary>
    public static string WriteMilliseconds(DateTimeOffset time) => Write(time, time.Ticks % TimeSpan.TicksPerMillisecond == 0 ? 3 : 7);

    private static string Write(DateTimeOffset time, int digits)
    {
        var format = Seconds + (digits == 0 ? string.Empty : "." + new string('f', digits)) + (time.Offset == TimeSpan.Zero ? "'Z'" : "zzz");
        return time.ToString(format, CultureInfo.InvariantCulture);
    }
}
