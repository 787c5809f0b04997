using System.Buffers;
using System.Text;

namespace MedId.OAuth;

/// <summary>One challenge of a <c>WWW-Authenticate</c> header (RFC 9110 §11.6.1): a scheme and its parameters.</summary>
public sealed class AuthenticationChallenge
{
    private const int MaxLength = 8 * 1024;
    private const int MaxChallenges = 16;

    // RFC 9110 §5.6.2 tchar, and the slash that token68 has besides.
    private static readonly SearchValues<char> WordCharacters = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz/");

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private AuthenticationChallenge(string scheme) => Scheme = scheme;

    /// <summary>The scheme as written.</summary>
    public string Scheme { get; }

    /// <summary>The parameters; names compare without case.</summary>
    public IReadOnlyDictionary<string, string> Parameters => _parameters;

    /// <summary>A parameter; null when absent.</summary>
    /// <param name="name">Compared without case.</param>
    public string? this[string name] => _parameters.GetValueOrDefault(name);

    /// <summary>Whether the challenge is of a scheme; compared without case.</summary>
    /// <param name="scheme">The scheme.</param>
    public bool Is(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads every challenge. A header that is malformed, too long, or names a parameter twice counts as absent.</summary>
    /// <param name="headers">The values of every <c>WWW-Authenticate</c> header.</param>
    public static IReadOnlyList<AuthenticationChallenge> ParseAll(IEnumerable<string?> headers)
    {
        ArgumentNullException.ThrowIfNull(headers);
        return [.. headers.Take(MaxChallenges).SelectMany(header => header is { Length: > 0 and <= MaxLength } ? Parse(header) ?? [] : [])];
    }

    /// <summary>The scheme; a realm may be anything.</summary>
    public override string ToString() => Scheme;

    private static List<AuthenticationChallenge>? Parse(string header)
    {
        var read = new List<AuthenticationChallenge>();
        var afterComma = true;
        for (var at = SkipSpace(header, 0); at < header.Length; at = SkipSpace(header, at))
        {
            if (header[at] == ',')
            {
                afterComma = true;
                at++;
                continue;
            }

            var end = header.AsSpan(at).IndexOfAnyExcept(WordCharacters) is >= 0 and var length ? at + length : header.Length;
            if (end == at)
            {
                return null;
            }

            var word = header[at..end];
            var equals = SkipSpace(header, end);
            var begin = equals < header.Length && header[equals] == '=' ? SkipSpace(header, equals + 1) : -1;
            if (begin >= 0 && begin < header.Length && header[begin] is not ('=' or ','))
            {
                // A parameter; the first follows its scheme without a comma.
                if (read.Count == 0 || !TryReadValue(header, ref begin, out var value) || !read[^1]._parameters.TryAdd(word, value))
                {
                    return null;
                }

                at = begin;
            }
            else if (begin < 0 && afterComma)
            {
                read.Add(new(word));
                at = end;
                if (read.Count > MaxChallenges)
                {
                    return null;
                }
            }
            else if (read.Count > 0 && !afterComma)
            {
                // token68: nothing here reads it.
                at = header.AsSpan(end).IndexOfAnyExcept('=') is >= 0 and var rest ? end + rest : header.Length;
            }
            else
            {
                return null;
            }

            afterComma = false;
        }

        return read;
    }

    private static bool TryReadValue(string header, ref int at, out string value)
    {
        value = string.Empty;
        if (header[at] != '"')
        {
            var end = header.AsSpan(at).IndexOfAnyExcept(WordCharacters) is >= 0 and var length ? at + length : header.Length;
            value = header[at..end];
            at = end;
            return value.Length > 0;
        }

        // RFC 9110 §5.6.4: quoted-string with quoted pairs.
        var text = new StringBuilder();
        for (at++; at < header.Length && header[at] != '"'; at++)
        {
            if (header[at] == '\\' && ++at >= header.Length)
            {
                return false;
            }

            text.Append(header[at]);
        }

        value = text.ToString();
        return at++ < header.Length;
    }

    private static int SkipSpace(string header, int at)
    {
        while (at < header.Length && header[at] is (' ' or '\t'))
        {
            at++;
        }

        return at;
    }
}
