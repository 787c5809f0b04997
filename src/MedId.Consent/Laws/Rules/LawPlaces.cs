using System.Text.RegularExpressions;

namespace MedId.Consent;

/// <summary>Codes of places.</summary>
internal static partial class LawPlaces
{
    /// <summary>Whether it has the form of ISO 3166-1 alpha-2, or of ISO 3166-2 (or the EU, reserved there).</summary>
    public static bool IsCode(string text) => Form().IsMatch(text);

    /// <summary>Whether a place lies in one of an entry of a law: <c>US-CA</c> is no US, but <c>DE-BY</c> is DE.</summary>
    public static bool Lies(string place, string within) => place.StartsWith(within, StringComparison.Ordinal) && (place.Length == within.Length || place[within.Length] == '-');

    [GeneratedRegex("^[A-Z]{2}(?:-[A-Z0-9]{1,3})?$", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
