namespace MedId.Signatures;

/// <summary>xsd:base64Binary: base64 in its only spelling, with XML white space anywhere.</summary>
internal static class XmlBase64
{
    /// <summary>Decodes; null when it is not base64, has bits set that no encoder sets, or is empty.</summary>
    public static byte[]? Decode(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var letters = new char[text.Length];
        var count = 0;
        foreach (var c in text)
        {
            if (c is not (' ' or '\t' or '\r' or '\n'))
            {
                letters[count++] = c;
            }
        }

        var bytes = new byte[count / 4 * 3];
        return count > 0 && Convert.TryFromBase64Chars(letters.AsSpan(0, count), bytes, out var written) && IsCanonical(letters.AsSpan(0, count))
            ? bytes[..written]
            : null;
    }

    // The bits of the last letter before the padding that belong to no byte have to be zero.
    private static bool IsCanonical(ReadOnlySpan<char> letters) => letters switch
    {
        [.., var last, '=', '='] => last is 'A' or 'Q' or 'g' or 'w',
        [.., var last, '='] => "AEIMQUYcgkosw048".Contains(last, StringComparison.Ordinal),
        _ => true,
    };
}
