using System.Text;
using System.Text.Json;

namespace MedId.Storage.TestSupport;

/// <summary>The forms in which a text might lie in a file.</summary>
internal static class Encodings
{
    public static IEnumerable<(string Name, byte[] Bytes)> Of(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        yield return ("UTF-8", utf8);
        yield return ("UTF-16LE", Encoding.Unicode.GetBytes(text));
        yield return ("UTF-16BE", Encoding.BigEndianUnicode.GetBytes(text));
        yield return ("JSON escapes", Encoding.ASCII.GetBytes(JsonEncodedText.Encode(text).ToString()));
        yield return ("hex", Encoding.ASCII.GetBytes(Convert.ToHexString(utf8)));
        yield return ("lower hex", Encoding.ASCII.GetBytes(Convert.ToHexStringLower(utf8)));
        for (var shift = 0; shift < 3; shift++)
        {
            // Inside a longer base64 the text begins at one of three places; characters that share bits with neighbours are cut off.
            var base64 = Convert.ToBase64String([.. new byte[shift], .. utf8]);
            var first = shift == 0 ? 0 : shift + 1;
            var inner = base64[first..(base64.Length - 4)];
            yield return ($"base64 at {shift}", Encoding.ASCII.GetBytes(inner));
            yield return ($"base64url at {shift}", Encoding.ASCII.GetBytes(inner.Replace('+', '-').Replace('/', '_')));
        }
    }
}
