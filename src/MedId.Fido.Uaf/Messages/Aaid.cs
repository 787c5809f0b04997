using System.Globalization;

namespace MedId.Fido.Uaf;

/// <summary>Authenticator Attestation ID: the model of an authenticator, <c>V#M</c> of four hexadecimal digits each.</summary>
/// <remarks>UAF 1.1 protocol §3.1.4. The digits are compared without case, so the two numbers are the value.</remarks>
/// <param name="Vendor">The vendor's number.</param>
/// <param name="Model">The vendor's number of the model.</param>
public readonly record struct Aaid(ushort Vendor, ushort Model)
{
    /// <summary>Characters (and bytes) of the text form.</summary>
    public const int Length = 9;

    /// <summary>The first half in text: what a policy calls <c>vendorID</c>.</summary>
    public string VendorId => Vendor.ToString("X4", CultureInfo.InvariantCulture);

    /// <summary>Reads an AAID that the caller wrote.</summary>
    /// <param name="text">Nine characters.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> is not an AAID.</exception>
    public static Aaid Parse(string text) =>
        TryParse(text, out var aaid) ? aaid : throw new ArgumentException("An AAID is four hexadecimal digits, '#', four hexadecimal digits.", nameof(text));

    /// <summary>Reads an AAID; false for anything else.</summary>
    /// <param name="text">Nine characters.</param>
    /// <param name="aaid">The AAID.</param>
    public static bool TryParse(ReadOnlySpan<char> text, out Aaid aaid)
    {
        aaid = default;
        if (text.Length != Length || text[4] != '#' || !TryHex(text[..4], out var vendor) || !TryHex(text[5..], out var model))
        {
            return false;
        }

        aaid = new(vendor, model);
        return true;
    }

    /// <summary>The text form, upper case.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Vendor:X4}#{Model:X4}");

    internal static bool TryParse(ReadOnlySpan<byte> ascii, out Aaid aaid)
    {
        aaid = default;
        if (ascii.Length != Length)
        {
            return false;
        }

        Span<char> text = stackalloc char[Length];
        for (var index = 0; index < Length; index++)
        {
            text[index] = (char)ascii[index];
        }

        return TryParse(text, out aaid);
    }

    internal static bool TryHex(ReadOnlySpan<char> text, out ushort value)
    {
        value = 0;
        if (text.Length != 4)
        {
            return false;
        }

        foreach (var digit in text)
        {
            if (!char.IsAsciiHexDigit(digit))
            {
                return false;
            }

            value = (ushort)((value << 4) | Convert.ToByte(char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10));
        }

        return true;
    }
}
