using System.Globalization;
using System.Text.Json.Serialization;

namespace MedId.Jpki.Certificates;

/// <summary>A birth date as the register knows it: an era's digit and eight Gregorian digits, of which day, month and year may be unknown (zeros).</summary>
/// <remarks>What is not known proves nothing: both age questions answer false where the date leaves it open. Personal: never printed, never serialised.</remarks>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiBirthDate
{
    private const int Digits = 9;

    private JpkiBirthDate(string code, JpkiEra era, int year, int month, int day, AttributeWarnings warnings)
    {
        Code = code;
        Era = era;
        Year = year == 0 ? null : year;
        Month = Year is null || month == 0 ? null : month;
        Day = Month is null || day == 0 ? null : day;
        Warnings = warnings;
    }

    /// <summary>The nine digits of the certificate.</summary>
    public string Code { get; }

    /// <summary>The era that the first digit names.</summary>
    public JpkiEra Era { get; }

    /// <summary>The Gregorian year; null where unknown.</summary>
    public int? Year { get; }

    /// <summary>The month, 1 to 12; null where unknown.</summary>
    public int? Month { get; }

    /// <summary>The day of the month; null where unknown.</summary>
    public int? Day { get; }

    /// <summary>How much is known.</summary>
    public BirthDatePrecision Precision => Day is not null ? BirthDatePrecision.Day
        : Month is not null ? BirthDatePrecision.Month
        : Year is not null ? BirthDatePrecision.Year
        : BirthDatePrecision.Unknown;

    /// <summary>The date; null unless the day is known.</summary>
    public DateOnly? Date => Day is { } day ? new DateOnly(Year!.Value, Month!.Value, day) : null;

    /// <summary>The first day that it can be; null where nothing is known.</summary>
    public DateOnly? Earliest => Year is { } year ? new DateOnly(year, Month ?? 1, Day ?? 1) : null;

    /// <summary>The last day that it can be; null where nothing is known.</summary>
    public DateOnly? Latest => Year is { } year ? new DateOnly(year, Month ?? 12, Day ?? DateTime.DaysInMonth(year, Month ?? 12)) : null;

    internal AttributeWarnings Warnings { get; }

    /// <summary>Whether it is proven that the person has completed so many years on a day. False where the date leaves it open.</summary>
    /// <param name="years">1 to 150.</param>
    /// <param name="on">The day, in Japan.</param>
    /// <remarks>
    /// By the birthday, which is a day later than Japanese law counts (a year is completed at the end of the day before, Act 50 of 1902); for 29 February by
    /// 1 March in other years.
    /// </remarks>
    public bool IsProvenAtLeast(int years, DateOnly on)
    {
        CheckYears(years);
        return Latest is { } latest && on >= Birthday(latest, years);
    }

    /// <summary>Whether it is proven that the person has not completed so many years on a day. False where the date leaves it open, also on the day before the
    /// birthday, at whose end the law counts the year as completed.</summary>
    /// <param name="years">1 to 150.</param>
    /// <param name="on">The day, in Japan.</param>
    public bool IsProvenYoungerThan(int years, DateOnly on)
    {
        CheckYears(years);
        return Earliest is { } earliest && on < Birthday(earliest, years).AddDays(-1);
    }

    /// <summary>How much is known, and nothing else.</summary>
    public override string ToString() => $"birth date known to the {Precision}";

    /// <summary>Reads the nine digits. Null where they are not nine digits.</summary>
    internal static JpkiBirthDate? Read(string code)
    {
        if (code.Length != Digits || code.AsSpan().ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        var warnings = AttributeWarnings.None;
        var year = Number(code, 1, 4);
        var month = Number(code, 5, 2);
        var day = Number(code, 7, 2);
        if (month > 12 || (month == 0 && day != 0) || (year == 0 && month != 0))
        {
            warnings |= AttributeWarnings.BirthDateImpossible;
            month = 0;
        }
        else if (month != 0 && day > DateTime.DaysInMonth(year, month))
        {
            warnings |= AttributeWarnings.BirthDateImpossible;
            day = 0;
        }

        var era = code[0] <= '5' ? (JpkiEra)(code[0] - '0') : JpkiEra.Unknown;
        var date = new JpkiBirthDate(code, era, year, month, day, warnings);
        return date.FitsEra() && code[0] <= '5' ? date : new JpkiBirthDate(code, era, year, month, day, warnings | AttributeWarnings.EraMismatch);
    }

    private static int Number(string code, int start, int length) => int.Parse(code.AsSpan(start, length), NumberStyles.None, CultureInfo.InvariantCulture);

    private static void CheckYears(int years)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(years, 150);
    }

    private static DateOnly Birthday(DateOnly born, int years)
    {
        var year = born.Year + years;
        return year > DateOnly.MaxValue.Year ? DateOnly.MaxValue
            : born is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(year) ? new DateOnly(year, 3, 1)
            : new DateOnly(year, born.Month, born.Day);
    }

    // On the day of a change both eras are right.
    private bool FitsEra()
    {
        if (Earliest is not { } earliest || Latest is not { } latest)
        {
            return true;
        }

        var (from, to) = Era switch
        {
            JpkiEra.Meiji => (new DateOnly(1868, 1, 25), new DateOnly(1912, 7, 30)),
            JpkiEra.Taisho => (new DateOnly(1912, 7, 30), new DateOnly(1926, 12, 25)),
            JpkiEra.Showa => (new DateOnly(1926, 12, 25), new DateOnly(1989, 1, 7)),
            JpkiEra.Heisei => (new DateOnly(1989, 1, 8), new DateOnly(2019, 4, 30)),
            JpkiEra.Reiwa => (new DateOnly(2019, 5, 1), DateOnly.MaxValue),
            _ => (DateOnly.MinValue, DateOnly.MaxValue),
        };
        return latest >= from && earliest <= to;
    }
}
