using System.Globalization;
using System.Resources;

namespace MedId.Samples.PatientAuthOp;

/// <summary>The words of the page, in one of its two languages.</summary>
internal sealed class PageTexts
{
    private static readonly ResourceManager Resources = new(typeof(PageTexts));
    private readonly CultureInfo _culture;

    private PageTexts(string language) => (Language, _culture) = (language, CultureInfo.GetCultureInfo(language));

    public static PageTexts Japanese { get; } = new("ja");

    public static PageTexts English { get; } = new("en");

    public string Language { get; }

    public PageTexts Other => Language == "ja" ? English : Japanese;

    public string this[string name] => Resources.GetString(name, _culture) ?? throw new ArgumentException("There is no such text: " + name, nameof(name));

    public static PageTexts Of(string? language) => language == "en" ? English : Japanese;

    public string? Find(string name) => Resources.GetString(name, _culture);

    /// <summary>A text with markup in its places.</summary>
    public Html Fill(string name, params Html[] holes) => Html.Fill(this[name], holes);

    /// <summary>A time as people in Japan say it, and in the markup as machines do.</summary>
    public Html Time(DateTimeOffset time)
    {
        // Japan has one time the whole year.
        var local = time.ToOffset(TimeSpan.FromHours(9));
        var said = Language == "ja" ? local.ToString("yyyy年M月d日 H:mm", CultureInfo.InvariantCulture) : local.ToString("d MMMM yyyy, H:mm", CultureInfo.InvariantCulture);
        return Html.Of($"<time datetime=\"{time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}\">{said}</time>");
    }
}
