using System.Buffers;
using System.Diagnostics.CodeAnalysis;

namespace MedId.OAuth.Server;

/// <summary>A <c>scope</c> value (RFC 6749 §3.3): scope tokens, each once, separated by one space.</summary>
public static class ScopeList
{
    /// <summary>The longest value read, in characters.</summary>
    public const int MaxLength = 4096;

    private const int MaxCount = 100;

    // RFC 6749 §3.3: %x21 / %x23-5B / %x5D-7E.
    private static readonly SearchValues<char> TokenCharacters = SearchValues.Create(
        [.. Enumerable.Range(0x21, 0x7E - 0x21 + 1).Select(c => (char)c).Where(c => c is not ('"' or '\\'))]);

    /// <summary>Reads a value; false for an empty token, a character that is not allowed, a repeated token, or too much.</summary>
    /// <param name="value">The value.</param>
    /// <param name="scopes">The tokens in their order.</param>
    public static bool TryParse(string? value, [NotNullWhen(true)] out IReadOnlyList<string>? scopes)
    {
        scopes = null;
        if (string.IsNullOrEmpty(value) || value.Length > MaxLength)
        {
            return false;
        }

        var tokens = value.Split(' ');
        if (tokens.Length > MaxCount
            || Array.Exists(tokens, t => t.Length == 0 || t.AsSpan().ContainsAnyExcept(TokenCharacters))
            || tokens.Distinct(StringComparer.Ordinal).Count() != tokens.Length)
        {
            return false;
        }

        scopes = tokens;
        return true;
    }
}
