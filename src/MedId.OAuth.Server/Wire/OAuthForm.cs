using System.Text;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The parameters of a request body, each once, in their order (RFC 6749 §3.2).</summary>
/// <remarks>
/// A parameter without a value counts as left out. A name that stands twice refuses the whole body, also where one of the two is empty: two readers must not see two
/// requests. RFC 8707 allows <c>resource</c> to be repeated; here a token is for one resource and a second one is refused like any other repetition.
/// </remarks>
public sealed class OAuthForm
{
    /// <summary>The longest body read, in bytes. A signed request with practitioner evidence takes about 6 KiB.</summary>
    public const int MaxBytes = 64 * 1024;

    /// <summary>The most parameters read.</summary>
    public const int MaxParameters = 64;

    private const string MediaType = "application/x-www-form-urlencoded";
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly Dictionary<string, string> _values;

    private OAuthForm(List<string> names, Dictionary<string, string> values)
    {
        Names = names;
        _values = values;
    }

    /// <summary>The names of the parameters that have a value, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The value of a parameter; null when it was left out.</summary>
    /// <param name="name">The parameter; case counts.</param>
    public string? this[string name] => _values.GetValueOrDefault(name);

    /// <summary>Reads a body.</summary>
    /// <param name="contentType">The <c>Content-Type</c> header: the form media type, with no charset or UTF-8.</param>
    /// <param name="body">The body; the caller reads at most <see cref="MaxBytes"/> and one byte more.</param>
    /// <returns>The form; refused with <see cref="OAuthServerErrorCodes.FormMalformed"/> or <see cref="OAuthServerErrorCodes.ParameterRepeated"/>.</returns>
    public static MedIdResult<OAuthForm> Read(string? contentType, ReadOnlySpan<byte> body)
    {
        if (!IsForm(contentType))
        {
            return Malformed("the media type is not application/x-www-form-urlencoded in UTF-8");
        }

        if (body.Length > MaxBytes)
        {
            return Malformed("more bytes than are read");
        }

        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var range in body.Split((byte)'&'))
        {
            var pair = body[range];
            if (pair.IsEmpty)
            {
                continue;
            }

            var equals = pair.IndexOf((byte)'=');
            if (pairs.Count == MaxParameters
                || !TryDecode(equals < 0 ? pair : pair[..equals], out var name)
                || !TryDecode(equals < 0 ? [] : pair[(equals + 1)..], out var value))
            {
                return Malformed("too many parameters, or an escape that is none");
            }

            pairs.Add(new(name, value));
        }

        return Of(pairs);
    }

    /// <summary>Takes parameters that somebody else decoded.</summary>
    /// <param name="pairs">Name and value in their order, repetitions included.</param>
    /// <returns>The form; refused with <see cref="OAuthServerErrorCodes.FormMalformed"/> or <see cref="OAuthServerErrorCodes.ParameterRepeated"/>.</returns>
    public static MedIdResult<OAuthForm> Of(IEnumerable<KeyValuePair<string, string>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>();
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in pairs)
        {
            if (seen.Count == MaxParameters)
            {
                return Malformed("too many parameters");
            }

            if (!seen.Add(name))
            {
                return new MedIdError(OAuthServerErrorCodes.ParameterRepeated, ErrorCategory.Malformed, "RFC 6749 §3.2");
            }

            if (!string.IsNullOrEmpty(value))
            {
                names.Add(name);
                values.Add(name, value);
            }
        }

        return new OAuthForm(names, values);
    }

    /// <summary>The names; never the values.</summary>
    public override string ToString() => string.Join(' ', Names);

    /// <summary>Decodes one component of a form; also used for the two halves of HTTP Basic (RFC 6749 §2.3.1, Appendix B).</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> encoded, out string text)
    {
        var bytes = encoded.Length <= 1024 ? stackalloc byte[1024] : new byte[encoded.Length];
        var length = 0;
        text = string.Empty;
        for (var i = 0; i < encoded.Length; i++)
        {
            var b = encoded[i];
            if (b == (byte)'%')
            {
                if (i + 2 >= encoded.Length || !TryHex(encoded[i + 1], out var high) || !TryHex(encoded[i + 2], out var low))
                {
                    return false;
                }

                b = (byte)((high << 4) | low);
                i += 2;
            }
            else if (b == (byte)'+')
            {
                b = (byte)' ';
            }
            else if (!char.IsBetween((char)b, '!', '~'))
            {
                // Encoded text is visible ASCII (RFC 6749 Appendix B): a raw byte could complete an escaped one.
                return false;
            }

            bytes[length++] = b;
        }

        try
        {
            text = StrictUtf8.GetString(bytes[..length]);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    private static bool TryHex(byte b, out int value)
    {
        value = b switch
        {
            >= (byte)'0' and <= (byte)'9' => b - '0',
            >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
            >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
            _ => -1,
        };
        return value >= 0;
    }

    private static bool IsForm(string? contentType)
    {
        if (contentType is null)
        {
            return false;
        }

        var semicolon = contentType.IndexOf(';', StringComparison.Ordinal);
        var type = semicolon < 0 ? contentType : contentType[..semicolon];
        var parameters = semicolon < 0 ? string.Empty : contentType[(semicolon + 1)..].Trim();
        return string.Equals(type.Trim(), MediaType, StringComparison.OrdinalIgnoreCase)
            && (parameters.Length == 0
                || string.Equals(parameters, "charset=utf-8", StringComparison.OrdinalIgnoreCase)
                || string.Equals(parameters, "charset=\"utf-8\"", StringComparison.OrdinalIgnoreCase));
    }

    private static MedIdError Malformed(string detail) => new(OAuthServerErrorCodes.FormMalformed, ErrorCategory.Malformed, "RFC 6749 §3.2", detail);
}
