namespace MedId.Fido2;

/// <summary>Sections that refusals name.</summary>
internal static class AttestationSections
{
    public const string Packed = "WebAuthn L3 §8.2";
    public const string PackedCertificate = "WebAuthn L3 §8.2.1";
    public const string Tpm = "WebAuthn L3 §8.3";
    public const string TpmCertificate = "WebAuthn L3 §8.3.1";
    public const string AndroidKey = "WebAuthn L3 §8.4";
    public const string AndroidExtension = "WebAuthn L3 §8.4.1";
    public const string SafetyNet = "WebAuthn L3 §8.5";
    public const string FidoU2f = "WebAuthn L3 §8.6";
    public const string None = "WebAuthn L3 §8.7";
    public const string Apple = "WebAuthn L3 §8.8";
    public const string Compound = "WebAuthn L3 §8.9";
    public const string Format = "WebAuthn L3 §7.1 step 21";
    public const string Trust = "WebAuthn L3 §7.1 step 24";
}
