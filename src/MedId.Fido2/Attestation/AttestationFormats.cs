namespace MedId.Fido2;

/// <summary>The attestation statement format identifiers of WebAuthn L3 §8, compared octet by octet.</summary>
public static class AttestationFormats
{
    /// <summary>§8.2.</summary>
    public const string Packed = "packed";

    /// <summary>§8.3.</summary>
    public const string Tpm = "tpm";

    /// <summary>§8.4.</summary>
    public const string AndroidKey = "android-key";

    /// <summary>§8.5; deprecated, for stored registrations.</summary>
    public const string AndroidSafetyNet = "android-safetynet";

    /// <summary>§8.6.</summary>
    public const string FidoU2f = "fido-u2f";

    /// <summary>§8.7.</summary>
    public const string None = "none";

    /// <summary>§8.8.</summary>
    public const string Apple = "apple";

    /// <summary>§8.9.</summary>
    public const string Compound = "compound";
}
