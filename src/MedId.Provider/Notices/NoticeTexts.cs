using System.Globalization;
using System.Resources;

namespace MedId.Provider;

/// <summary>The texts that patients read, in the two languages of this package. A change of wording gets a new <see cref="Version"/>.</summary>
public static class NoticeTexts
{
    /// <summary>The version of the wording, recorded with each consent.</summary>
    public const string Version = "2026-11";

    private static readonly ResourceManager Resources = new(typeof(NoticeTexts));

    /// <summary>Whether notices exist in a language.</summary>
    /// <param name="language">BCP 47 tag.</param>
    /// <returns>True for <c>ja</c> and <c>en</c>.</returns>
    public static bool Supports(string language) => language is "ja" or "en";

    /// <summary>A text.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    /// <returns>The text.</returns>
    /// <exception cref="ArgumentException">There is no such text or language; nothing is ever shown in a fallback language.</exception>
    public static string Get(string name, string language)
    {
        if (!Supports(language))
        {
            throw new ArgumentException("Notices exist in ja and en.", nameof(language));
        }

        return Resources.GetString(name, CultureInfo.GetCultureInfo(language)) ?? throw new ArgumentException("There is no such text.", nameof(name));
    }

    /// <summary>The words for a purpose of use (HL7 v3 ActReason), or null when this package has none: such a request is refused, not shown as a code.</summary>
    /// <param name="code">The code, e.g. <c>TREAT</c>.</param>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    /// <returns>The words.</returns>
    public static string? FindPurpose(string code, string language) => Resources.GetString("Purpose_" + code, CultureInfo.GetCultureInfo(language));
}
