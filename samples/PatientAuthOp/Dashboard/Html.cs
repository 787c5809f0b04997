using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace MedId.Samples.PatientAuthOp;

/// <summary>
/// Markup. Text becomes markup in one place only, encoded: whatever stands in a hole of <see cref="Of"/> and is not markup itself is text of somebody.
/// </summary>
internal readonly record struct Html(string Markup)
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static readonly Html None = new(string.Empty);

    /// <summary>Markup with holes: text is encoded, markup and lists of markup are taken as they are, null is nothing.</summary>
    public static Html Of(FormattableString markup)
    {
        ArgumentNullException.ThrowIfNull(markup);
        return new(string.Format(CultureInfo.InvariantCulture, markup.Format, [.. markup.GetArguments().Select(hole => (object)MarkupOf(hole))]));
    }

    /// <summary>A template of plain text, e.g. <c>until {0}</c>, with markup in its places.</summary>
    public static Html Fill(string template, params Html[] holes) =>
        new(string.Format(CultureInfo.InvariantCulture, Encoder.Encode(template), [.. holes.Select(hole => (object)hole.Markup)]));

    public static Html Each<T>(IEnumerable<T> items, Func<T, Html> write) => new(string.Concat(items.Select(item => write(item).Markup)));

    /// <summary>
    /// Somebody's name: kept apart from the direction of the text around it, and without the characters that turn what stands beside them or are not seen at all.
    /// </summary>
    public static Html Name(string text) => Of($"<bdi>{text}</bdi>");

    private static string MarkupOf(object? hole) => hole switch
    {
        null => string.Empty,
        Html html => html.Markup,
        IEnumerable<Html> list => string.Concat(list.Select(html => html.Markup)),
        IFormattable number => Encoder.Encode(number.ToString(null, CultureInfo.InvariantCulture)),
        _ => Encoder.Encode(Shown(hole.ToString()!)),
    };

    private static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse))
            {
                shown.Append(rune);
            }
        }

        return shown.ToString();
    }
}
