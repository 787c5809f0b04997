namespace MedId.Cryptography;

/// <summary>Writes a number in odd digits from -15 to 15 with zeros between them, so that few points have to be added.</summary>
internal static class SignedWindow
{
    private const int Width = 5;

    /// <summary>Fills the digits; the number is little-endian and below 2^(8 · its length - 1).</summary>
    public static void Write(ReadOnlySpan<byte> number, Span<sbyte> digits)
    {
        digits.Clear();
        var carry = 0;
        for (var position = 0; position < digits.Length;)
        {
            var window = carry + Bits(number, position);
            if ((window & 1) == 0)
            {
                position++;
                continue;
            }

            carry = window > 1 << (Width - 1) ? 1 : 0;
            digits[position] = (sbyte)(window - (carry << Width));
            position += Width;
        }
    }

    private static int Bits(ReadOnlySpan<byte> number, int position)
    {
        var (index, shift) = Math.DivRem(position, 8);
        var word = (index < number.Length ? number[index] : 0) | (index + 1 < number.Length ? number[index + 1] << 8 : 0);
        return (word >> shift) & ((1 << Width) - 1);
    }
}
