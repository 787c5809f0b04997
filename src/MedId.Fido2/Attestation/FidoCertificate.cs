using System.Formats.Asn1;
using MedId.Core;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>What attestation certificates have to be, and FIDO's extensions of them (WebAuthn L3 §8.2.1, §8.2.2).</summary>
internal static class FidoCertificate
{
    private const string AaguidOid = "1.3.6.1.4.1.45724.1.1.4";
    private const string FirmwareOid = "1.3.6.1.4.1.45724.1.1.5";
    private const string SerialOid = "1.3.6.1.4.1.45724.1.1.2";
    private const string TransportsOid = "1.3.6.1.4.1.45724.2.1.1";
    private const string Country = "2.5.4.6";
    private const string Organization = "2.5.4.10";
    private const string Unit = "2.5.4.11";
    private const string CommonName = "2.5.4.3";
    private const string UnitOfAttestation = "Authenticator Attestation";
    private const int AaguidLength = 16;

    public static MedIdError? CheckPacked(Certificate certificate)
    {
        const string Section = AttestationSections.PackedCertificate;
        var subject = certificate.Subject;
        return CheckVersion(certificate, Section)
            ?? (subject.Find(Country) is not { Length: 2 } country || !country.All(char.IsAsciiLetter) ? Subject("C is not a country code of two letters")
                : string.IsNullOrEmpty(subject.Find(Organization)) ? Subject("O is missing")
                : !string.Equals(subject.Find(Unit), UnitOfAttestation, StringComparison.Ordinal) ? Subject("OU is not \"Authenticator Attestation\"")
                : string.IsNullOrEmpty(subject.Find(CommonName)) ? Subject("CN is missing")
                : null)
            ?? CheckNotCa(certificate, Section);
    }

    public static MedIdError? CheckVersion(Certificate certificate, string section) =>
        certificate.Version == 3 ? null : new(Fido2ErrorCodes.AttestationCertificateVersion, ErrorCategory.Untrusted, section);

    public static MedIdError? CheckNotCa(Certificate certificate, string section) =>
        certificate.Extensions.BasicConstraints is { IsCa: false } ? null : new(Fido2ErrorCodes.AttestationCertificateIsCa, ErrorCategory.Untrusted, section);

    /// <summary>id-fido-gen-ce-aaguid, where it is: not critical, an OCTET STRING of 16 bytes in the extension's own, and of this model.</summary>
    public static MedIdError? CheckAaguid(Certificate certificate, Guid aaguid, string section)
    {
        if (certificate.Extensions.Find(AaguidOid) is not { } extension)
        {
            return null;
        }

        if (extension.Critical || ReadOctets(extension.Value) is not { Length: AaguidLength } octets)
        {
            return new(
                Fido2ErrorCodes.AttestationCertificateAaguid,
                ErrorCategory.Untrusted,
                AttestationSections.PackedCertificate,
                extension.Critical ? "the extension is critical" : "not 16 bytes in an OCTET STRING");
        }

        return new Guid(octets.Span, bigEndian: true) == aaguid ? null : new(Fido2ErrorCodes.AttestationAaguidMismatch, ErrorCategory.Untrusted, section);
    }

    /// <summary>What the certificate says beside; an extension that is not in its form says nothing.</summary>
    public static AttestedDevice? ReadDevice(Certificate certificate)
    {
        var transports = certificate.Extensions.Find(TransportsOid) is { } t ? ReadBits(t.Value) : null;
        var serial = certificate.Extensions.Find(SerialOid) is { } s ? ReadOctets(s.Value) ?? default : default;
        var firmware = certificate.Extensions.Find(FirmwareOid) is { } f ? ReadNumber(f.Value) : null;
        return transports is null && serial.IsEmpty && firmware is null ? null : new(transports, serial, firmware);
    }

    private static MedIdError Subject(string detail) => new(Fido2ErrorCodes.AttestationCertificateSubject, ErrorCategory.Untrusted, AttestationSections.PackedCertificate, detail);

    private static ReadOnlyMemory<byte>? ReadOctets(ReadOnlyMemory<byte> der)
    {
        // Not an expression with null: that would become empty bytes.
        if (AsnDecoder.TryReadEncodedValue(der.Span, AsnEncodingRules.DER, out var tag, out var offset, out var length, out var consumed)
            && tag == Asn1Tag.PrimitiveOctetString && consumed == der.Length)
        {
            return der.Slice(offset, length);
        }

        return null;
    }

    private static long? ReadNumber(ReadOnlyMemory<byte> der)
    {
        try
        {
            return AsnDecoder.TryReadInt64(der.Span, AsnEncodingRules.DER, out var value, out var consumed) && consumed == der.Length && value >= 0 ? value : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static int? ReadBits(ReadOnlyMemory<byte> der)
    {
        try
        {
            if (!AsnDecoder.TryReadPrimitiveBitString(der.Span, AsnEncodingRules.DER, out _, out var bits, out var consumed) || consumed != der.Length || bits.IsEmpty)
            {
                return null;
            }

            // Bit 0 of the standard is the highest of the first byte.
            var flags = 0;
            for (var bit = 0; bit < 8; bit++)
            {
                flags |= ((bits[0] >> (7 - bit)) & 1) << bit;
            }

            return flags;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }
}
