using System.Globalization;
using System.Resources;

namespace MedId.Provider;

/// <summary>What people read about consents given beforehand.</summary>
internal static class StandingTexts
{
    private static readonly ResourceManager Resources = new(typeof(StandingTexts));

    public static string Get(string name, string language) =>
        NoticeTexts.Supports(language) && Resources.GetString(name, CultureInfo.GetCultureInfo(language)) is { } text
            ? text
            : throw new ArgumentException("There is no such text in that language.", nameof(name));

    /// <summary>A length of time in words: whole days, hours or minutes, and seconds otherwise.</summary>
    public static string Duration(TimeSpan time, string language)
    {
        var seconds = (long)time.TotalSeconds;
        var (count, unit) = seconds % 86400 == 0 ? (seconds / 86400, "Day") : seconds % 3600 == 0 ? (seconds / 3600, "Hour") : seconds % 60 == 0 ? (seconds / 60, "Minute") : (seconds, "Second");
        return string.Format(CultureInfo.GetCultureInfo(language), Get(count == 1 ? unit : unit + "s", language), count);
    }

    public static string Format(string name, string language, string value) => string.Format(CultureInfo.GetCultureInfo(language), Get(name, language), value);
}
