using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>UAF's base64url: no padding, no line breaks, one spelling per value; with the length limits of the member.</summary>
internal static class UafBase64Url
{
    public static bool TryDecode(string text, int minimumBytes, int maximumBytes, out byte[] bytes)
    {
        bytes = [];

        // The limit stands before the allocation.
        if (text.Length > ((long)maximumBytes * 4 / 3) + 2 || !StrictBase64Url.TryDecode(text, out var decoded)
            || decoded.Length < minimumBytes || decoded.Length > maximumBytes)
        {
            return false;
        }

        bytes = decoded;
        return true;
    }

    /// <summary>The text without padding where padding is tolerated; unchanged otherwise, and then refused.</summary>
    public static string Unpad(string text, Tolerance tolerance)
    {
        var bare = text.EndsWith("==", StringComparison.Ordinal) ? text[..^2] : text.EndsWith('=') ? text[..^1] : text;
        return bare.Length < text.Length && tolerance.Take(UafLeniencies.Padding) ? bare : text;
    }

    public static byte[] Decode(string text) =>
        StrictBase64Url.TryDecode(text, out var bytes) ? bytes : throw new ArgumentException("Not base64url without padding.", nameof(text));
}
