using System.Buffers;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Globalization;
using System.Text;

namespace MedId.Pki;

/// <summary>The text form of names: RFC 4514, with the short names of its §3 and of the attributes of RFC 5280 appendix A.</summary>
internal static class NameText
{
    private const string Country = "2.5.4.6";
    private const string SerialNumber = "2.5.4.5";
    private const string Qualifier = "2.5.4.46";
    private const string DomainComponent = "0.9.2342.19200300.100.1.25";
    private const string EmailAddress = "1.2.840.113549.1.9.1";

    private const int MaxText = 32 * 1024;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    private static readonly FrozenDictionary<string, string> Oids = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
    {
        ["CN"] = "2.5.4.3",
        ["SN"] = "2.5.4.4",
        ["serialNumber"] = SerialNumber,
        ["C"] = Country,
        ["L"] = "2.5.4.7",
        ["ST"] = "2.5.4.8",
        ["STREET"] = "2.5.4.9",
        ["O"] = "2.5.4.10",
        ["OU"] = "2.5.4.11",
        ["title"] = "2.5.4.12",
        ["GN"] = "2.5.4.42",
        ["initials"] = "2.5.4.43",
        ["generationQualifier"] = "2.5.4.44",
        ["dnQualifier"] = Qualifier,
        ["pseudonym"] = "2.5.4.65",
        ["organizationIdentifier"] = "2.5.4.97",
        ["UID"] = "0.9.2342.19200300.100.1.1",
        ["DC"] = DomainComponent,
        ["emailAddress"] = EmailAddress,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, string> ShortNames = Oids.ToFrozenDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);

    public static string Format(DistinguishedName name) => string.Join(',', name.Rdns.Reverse().Select(Format));

    public static string Format(RelativeDistinguishedName rdn) => string.Join('+', rdn.Attributes.Select(Format));

    /// <summary>Writes the DER of a name given as text; false when it is not one.</summary>
    public static bool TryEncode(string text, [NotNullWhen(true)] out byte[]? der)
    {
        der = null;
        if (text.Length > MaxText)
        {
            return false;
        }

        var steps = new List<byte[]>();
        var position = 0;
        while (position < text.Length)
        {
            if (steps.Count > DistinguishedName.MaxRelativeNames || !TryReadStep(text, ref position, out var step))
            {
                return false;
            }

            steps.Add(step);

            // A comma has a step on either side of it.
            if (position < text.Length && (text[position] != ',' || ++position == text.Length))
            {
                return false;
            }
        }

        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            for (var i = steps.Count - 1; i >= 0; i--)
            {
                writer.WriteEncodedValue(steps[i]);
            }
        }

        der = writer.Encode();
        return true;
    }

    /// <summary>RFC 4514 §2.3: a type without a short name is dotted, and then, as a value without text, <c>#</c> and the DER in hexadecimal.</summary>
    private static string Format(NameAttribute attribute) => ShortNames.TryGetValue(attribute.Oid, out var shortName) && attribute.Text is { } text
        ? $"{shortName}={Escape(text)}"
        : $"{shortName ?? attribute.Oid}=#{Convert.ToHexString(attribute.RawValue.Span)}";

    /// <summary>RFC 4514 §2.4; control characters in hexadecimal too, so that a log line stays one line.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c is '"' or '+' or ',' or ';' or '<' or '>' or '\\' || (c == ' ' && (i == 0 || i == text.Length - 1)) || (c == '#' && i == 0))
            {
                escaped.Append('\\').Append(c);
            }
            else if (char.IsControl(c))
            {
                foreach (var b in Encoding.UTF8.GetBytes([c]))
                {
                    escaped.Append(CultureInfo.InvariantCulture, $"\\{b:X2}");
                }
            }
            else
            {
                escaped.Append(c);
            }
        }

        return escaped.ToString();
    }

    private static bool TryReadStep(string text, ref int position, [NotNullWhen(true)] out byte[]? step)
    {
        step = null;
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSetOf())
        {
            do
            {
                var equals = text.IndexOf('=', position);
                if (equals < 0 || OidOf(text[position..equals].Trim()) is not { } oid)
                {
                    return false;
                }

                position = equals + 1;
                if (!TryReadValue(text, ref position, oid, out var value))
                {
                    return false;
                }

                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(oid);
                    writer.WriteEncodedValue(value);
                }
            }
            while (position < text.Length && text[position] == '+' && ++position > 0);
        }

        step = writer.Encode();
        return true;
    }

    private static string? OidOf(string type)
    {
        if (Oids.TryGetValue(type, out var oid))
        {
            return oid;
        }

        if (type.Length is 0 or > 128 || !type.All(c => char.IsAsciiDigit(c) || c == '.'))
        {
            return null;
        }

        try
        {
            new AsnWriter(AsnEncodingRules.DER).WriteObjectIdentifier(type);
            return type;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool TryReadValue(string text, ref int position, string oid, [NotNullWhen(true)] out byte[]? value)
    {
        value = null;

        // §3: spaces around a value that are not escaped belong to the separators (RFC 2253 §4).
        while (position < text.Length && text[position] == ' ')
        {
            position++;
        }

        if (position < text.Length && text[position] == '#')
        {
            var end = text.AsSpan(position).IndexOfAny(",+") is >= 0 and var length ? position + length : text.Length;
            var hex = text.AsSpan(position + 1, end - position - 1);
            position = end;
            value = hex.Length % 2 == 0 && !hex.IsEmpty && !hex.ContainsAnyExcept(HexDigits) ? Convert.FromHexString(hex) : null;
            return value is not null && IsOneElement(value);
        }

        var bytes = new List<byte>();
        var keep = 0;
        for (; position < text.Length && text[position] is not (',' or '+'); position++)
        {
            var c = text[position];
            if (c is '"' or ';' or '<' or '>' or '\0')
            {
                return false;
            }

            if (c != '\\')
            {
                Rune.DecodeFromUtf16(text.AsSpan(position), out var rune, out var used);
                bytes.AddRange(Encoding.UTF8.GetBytes(rune.ToString()));
                position += used - 1;
                keep = c == ' ' ? keep : bytes.Count;
                continue;
            }

            if (!TryReadEscape(text, ref position, bytes))
            {
                return false;
            }

            keep = bytes.Count;
        }

        value = Encode(oid, bytes.ToArray().AsSpan(0, keep));
        return value is not null;
    }

    private static bool TryReadEscape(string text, ref int position, List<byte> bytes)
    {
        if (++position >= text.Length)
        {
            return false;
        }

        var c = text[position];
        if (" \"#+,;<=>\\".Contains(c, StringComparison.Ordinal))
        {
            bytes.Add((byte)c);
            return true;
        }

        if (position + 1 < text.Length && char.IsAsciiHexDigit(c) && char.IsAsciiHexDigit(text[position + 1]))
        {
            bytes.Add(Convert.FromHexString(text.AsSpan(position, 2))[0]);
            position++;
            return true;
        }

        return false;
    }

    /// <summary>The string type that RFC 5280 appendix A asks for: PrintableString for codes, IA5String for domains and mail, else UTF8String.</summary>
    private static byte[]? Encode(string oid, ReadOnlySpan<byte> utf8)
    {
        try
        {
            var text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(utf8);
            var writer = new AsnWriter(AsnEncodingRules.DER);
            writer.WriteCharacterString(
                oid switch
                {
                    Country or SerialNumber or Qualifier => UniversalTagNumber.PrintableString,
                    DomainComponent or EmailAddress => UniversalTagNumber.IA5String,
                    _ => UniversalTagNumber.UTF8String,
                },
                text);
            return writer.Encode();
        }
        catch (Exception e) when (e is EncoderFallbackException or DecoderFallbackException)
        {
            return null;
        }
    }

    private static bool IsOneElement(byte[] value)
    {
        try
        {
            var reader = new DerReader(value);
            reader.ReadEncodedValue();
            return !reader.HasData;
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
