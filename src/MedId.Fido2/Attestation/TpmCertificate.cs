using MedId.Core;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.3.1: the certificate of a TPM's attestation key.</summary>
internal static class TpmCertificate
{
    private const string Section = AttestationSections.TpmCertificate;
    private const string Manufacturer = "2.23.133.2.1";
    private const string Model = "2.23.133.2.2";
    private const string Version = "2.23.133.2.3";
    private const string AikPurpose = "2.23.133.8.3";
    private const string IdPrefix = "id:";
    private const int ManufacturerLength = 11;

    public static MedIdResult<TpmDevice> Check(Certificate certificate, AttestationTrustPolicy policy)
    {
        // Version 3, an empty subject.
        if (FidoCertificate.CheckVersion(certificate, Section) is { } version)
        {
            return version;
        }

        if (!certificate.Subject.IsEmpty)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationCertificateSubject, ErrorCategory.Untrusted, Section, "the subject is not empty");
        }

        // The TPM is named as TCG EK Credential Profile §3.2.9 asks; critical, as RFC 5280 §4.2.1.6 has it beside an empty subject.
        if (ReadDevice(certificate) is not { } device)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationTpmName, ErrorCategory.Untrusted, Section);
        }

        if (certificate.Extensions.ExtendedKeyUsage?.Contains(AikPurpose, StringComparer.Ordinal) != true)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationTpmPurpose, ErrorCategory.Untrusted, Section);
        }

        if (FidoCertificate.CheckNotCa(certificate, Section) is { } isCa)
        {
            return isCa;
        }

        // Our own rule, where policy asks for it: §8.3.1 has no list of manufacturers.
        return policy.TpmManufacturers?.Contains(device.Manufacturer, StringComparer.OrdinalIgnoreCase) == false
            ? new MedIdError(Fido2ErrorCodes.AttestationTpmManufacturer, ErrorCategory.Policy, Section, device.Manufacturer)
            : device;
    }

    private static TpmDevice? ReadDevice(Certificate certificate)
    {
        if (certificate.Extensions.SubjectAlternativeName is not { } names)
        {
            return null;
        }

        string? manufacturer = null;
        string? model = null;
        string? version = null;
        foreach (var attribute in names.OfType<GeneralName.DirectoryName>().SelectMany(name => name.Name.Rdns).SelectMany(rdn => rdn.Attributes))
        {
            switch (attribute.Oid)
            {
                case Manufacturer: manufacturer = attribute.Text; break;
                case Model: model = attribute.Text; break;
                case Version: version = attribute.Text; break;
                default: break;
            }
        }

        return IsManufacturer(manufacturer) && !string.IsNullOrEmpty(model) && IsId(version) ? new(manufacturer!, model, version!) : null;
    }

    private static bool IsManufacturer(string? text) => IsId(text) && text!.Length == ManufacturerLength;

    private static bool IsId(string? text) =>
        text is { Length: > 3 } && text.StartsWith(IdPrefix, StringComparison.Ordinal) && text.AsSpan(IdPrefix.Length).IndexOfAnyExcept(HexDigits) < 0;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");
}
