using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>When a resource's content is of: the first of its type's elements that is present (FHIR R4 date, dateTime, instant or Period).</summary>
internal static class ClinicalDates
{
    private static readonly FrozenDictionary<string, byte[][][]> Elements = Load();

    /// <summary>Null where the type has no such element, the resource lacks it, or it cannot be read: nobody knows when.</summary>
    public static FhirInterval? Read(string type, JsonElement resource, TimeSpan offset)
    {
        foreach (var path in Elements.GetValueOrDefault(type, []))
        {
            var element = resource;
            var found = true;
            foreach (var name in path)
            {
                found = found && element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out element);
            }

            // start and end of the resource itself: Appointment.
            if (found)
            {
                return path.Length == 0 ? Period(resource, offset) : Time(element, offset);
            }
        }

        return null;
    }

    public static FhirInterval? Time(JsonElement element, TimeSpan offset) => element.ValueKind switch
    {
        JsonValueKind.Object => Period(element, offset),
        JsonValueKind.String when Utf8Json.TryGetString(element, out var text) => Instant(text, offset),
        _ => null,
    };

    private static FhirInterval? Period(JsonElement period, TimeSpan offset)
    {
        DateTimeOffset? start = null;
        DateTimeOffset? end = null;
        if (period.TryGetProperty("start"u8, out var from))
        {
            if (!Utf8Json.TryGetString(from, out var text) || Instant(text, offset) is not { } first)
            {
                return null;
            }

            start = first.Start;
        }

        if (period.TryGetProperty("end"u8, out var until))
        {
            if (!Utf8Json.TryGetString(until, out var text) || Instant(text, offset) is not { } last)
            {
                return null;
            }

            end = last.End;
        }

        return start is null && end is null ? null : new(start, end);
    }

    /// <summary>FHIR R4 datatypes date, dateTime and instant: what is not said is the whole of it, a year or a month as well.</summary>
    private static FhirInterval? Instant(ReadOnlySpan<byte> utf8, TimeSpan offset)
    {
        Span<char> characters = stackalloc char[40];
        if (utf8.Length > characters.Length)
        {
            return null;
        }

        var text = characters[..Encoding.Latin1.GetChars(utf8, characters)];
        try
        {
            if (text.Length <= 10)
            {
                string? format = text.Length switch { 4 => "yyyy", 7 => "yyyy-MM", 10 => "yyyy-MM-dd", _ => null };
                if (format is null || !DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                {
                    return null;
                }

                var start = new DateTimeOffset(day, offset);
                return new(start, text.Length switch { 4 => start.AddYears(1), 7 => start.AddMonths(1), _ => start.AddDays(1) });
            }

            // With a time there is a zone.
            if ((text[^1] != 'Z' && text[^6] is not ('+' or '-'))
                || !(DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ssK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                    || DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out time)))
            {
                return null;
            }

            return new(time, text.Contains('.') ? time.AddTicks(1) : time.AddSeconds(1));
        }
        catch (ArgumentOutOfRangeException)
        {
            // The last days of the calendar, and the first ones east of Greenwich.
            return null;
        }
    }

    private static FrozenDictionary<string, byte[][][]> Load() => EmbeddedTable.Lines("clinical-dates-r4.txt").Select(line => line.Split(' ')).ToFrozenDictionary(
        words => words[0].TrimEnd(':'),
        words => words[1..].Select(word => word is "." ? [] : Array.ConvertAll(word.Split('.'), Encoding.UTF8.GetBytes)).ToArray(),
        StringComparer.Ordinal);
}
