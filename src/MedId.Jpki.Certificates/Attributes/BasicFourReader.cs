using System.Formats.Asn1;
using MedId.Core;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Reads the basic four attributes from subjectAltName: six otherName, each <c>[0] EXPLICIT UTF8String</c>, in any order, none twice.</summary>
internal static class BasicFourReader
{
    private const string Arc = "1.2.392.200149.8.5.5.";

    public static bool HasAny(Certificate certificate) => OtherNames(certificate).Any(n => n.Oid.StartsWith(Arc, StringComparison.Ordinal));

    public static MedIdResult<BasicFourAttributes> Read(Certificate certificate)
    {
        var fields = new string?[6];
        foreach (var name in OtherNames(certificate))
        {
            // Another arc, or a number that this profile does not know: not ours to judge, subjectAltName is not critical.
            if (!name.Oid.StartsWith(Arc, StringComparison.Ordinal) || name.Oid.AsSpan(Arc.Length) is not [>= '1' and <= '6'] number)
            {
                continue;
            }

            if (fields[number[0] - '1'] is not null)
            {
                return new MedIdError(JpkiErrorCodes.AttributeDuplicate, ErrorCategory.Malformed, JpkiSections.Attributes, name.Oid);
            }

            if (Text(name.Value) is not { } text)
            {
                return new MedIdError(JpkiErrorCodes.AttributeMalformed, ErrorCategory.Malformed, JpkiSections.Attributes, name.Oid);
            }

            fields[number[0] - '1'] = text;
        }

        // 5 is the address and 6 its flags, as cards have it; a public tool's own test file has them the other way round.
        return Array.IndexOf(fields, null) < 0
            ? BasicFourAttributes.Of(
                new() { Name = fields[0], NameFlags = fields[1], Gender = fields[2], BirthDate = fields[3], Address = fields[4], AddressFlags = fields[5] },
                JpkiSections.Attributes)
            : new MedIdError(JpkiErrorCodes.AttributeMissing, ErrorCategory.Malformed, JpkiSections.Attributes);
    }

    private static IEnumerable<GeneralName.OtherName> OtherNames(Certificate certificate) => certificate.Extensions.SubjectAlternativeName?.OfType<GeneralName.OtherName>() ?? [];

    private static string? Text(ReadOnlyMemory<byte> der)
    {
        try
        {
            var text = AsnDecoder.ReadCharacterString(der.Span, AsnEncodingRules.DER, UniversalTagNumber.UTF8String, out var read);
            return read == der.Length ? text : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
