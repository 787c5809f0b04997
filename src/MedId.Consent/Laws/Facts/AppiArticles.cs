using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace MedId.Consent;

/// <summary>The numbering of the Act on the Protection of Personal Information (Act 57 of 2003) before and from 2022-04-01, and the codes of its exceptions.</summary>
/// <remarks>Both numberings are read and the new one is written. A bare article number is ambiguous (17 is acquisition before, purpose after), so it is read with the day whose text is meant.</remarks>
public static partial class AppiArticles
{
    /// <summary>The first day of the new numbering.</summary>
    public static readonly DateOnly NewNumberingFrom = new(2022, 4, 1);

    private static readonly FrozenDictionary<int, int> NewOf = new Dictionary<int, int>
    {
        [15] = 17,
        [16] = 18,
        [17] = 20,
        [18] = 21,
        [23] = 27,
        [24] = 28,
        [25] = 29,
        [26] = 30,
        [27] = 32,
    }.ToFrozenDictionary();

    private static readonly string[] Numerals = ["i", "ii", "iii", "iv", "v", "vi", "vii"];

    /// <summary>The article in the new numbering: <c>23(1)</c> of the text until 2022-03-31 is <c>27(1)</c>.</summary>
    /// <param name="article">Article with or without paragraph and item: <c>23</c>, <c>23(1)</c>, <c>23(1) ii</c>.</param>
    /// <param name="asOf">The day whose text is quoted.</param>
    /// <returns>The same place in the new numbering; null where it is no article that consent asks for.</returns>
    public static string? ToNew(string article, DateOnly asOf)
    {
        ArgumentNullException.ThrowIfNull(article);
        var match = Article().Match(article);
        if (!match.Success)
        {
            return null;
        }

        var number = int.Parse(match.Groups["article"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
        if (asOf >= NewNumberingFrom)
        {
            return number == 2 || NewOf.Values.Contains(number) ? article : null;
        }

        // 2(3), the definition of special-care-required information, kept its number.
        return number == 2 ? article : NewOf.TryGetValue(number, out var now) ? now.ToString(System.Globalization.CultureInfo.InvariantCulture) + article[match.Groups["article"].Length..] : null;
    }

    /// <summary>The code of an exception: <c>27-1-1</c> to <c>27-1-7</c>.</summary>
    /// <param name="exception">The exception.</param>
    public static string CodeOf(AppiException exception) => $"27-1-{(int)exception + 1}";

    /// <summary>Reads an exception by its code or its article, in either numbering: <c>27-1-2</c>, <c>23-1-2</c>, <c>27(1) ii</c>, <c>23(1)(ii)</c>. Article 23 of the new text has no such paragraph.</summary>
    /// <param name="text">The text.</param>
    /// <param name="exception">The exception.</param>
    /// <returns>False for everything else, and for <c>23(1) v</c> to <c>vii</c>, which the old text did not have.</returns>
    public static bool TryReadException(string text, out AppiException exception)
    {
        ArgumentNullException.ThrowIfNull(text);
        exception = default;
        var match = ExceptionText().Match(text);
        if (!match.Success)
        {
            return false;
        }

        var item = match.Groups["digit"].Success ? match.Groups["digit"].ValueSpan[0] - '1' : Array.IndexOf(Numerals, match.Groups["numeral"].Value);
        exception = (AppiException)item;
        return item is >= 0 and < 7 && (match.Groups["article"].ValueSpan is "27" || item < 4);
    }

    [GeneratedRegex(@"^(?<article>[1-9][0-9]?)(?:\([1-9]\))?(?: ?\(?(?:i|ii|iii|iv|v|vi|vii|viii)\)?)?$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Article();

    [GeneratedRegex(@"^(?<article>27|23)(?:-1-(?<digit>[1-7])|\(1\) ?\(?(?<numeral>i|ii|iii|iv|v|vi|vii)\)?)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ExceptionText();
}
