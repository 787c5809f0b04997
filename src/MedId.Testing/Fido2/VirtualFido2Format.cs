namespace MedId.Testing;

/// <summary>The attestation statement that a <see cref="VirtualFido2Authenticator"/> makes (WebAuthn Level 3 §8).</summary>
public enum VirtualFido2Format
{
    /// <summary>None (§8.7).</summary>
    None,

    /// <summary>packed with the credential key's own signature (§8.2).</summary>
    PackedSelf,

    /// <summary>packed with a certificate of the model (§8.2).</summary>
    Packed,

    /// <summary>tpm; the structures follow the credential key, RSA or elliptic (§8.3).</summary>
    Tpm,

    /// <summary>android-key; the certificate is the credential key's own (§8.4).</summary>
    AndroidKey,

    /// <summary>android-safetynet, as it was while the service existed (§8.5).</summary>
    AndroidSafetyNet,

    /// <summary>fido-u2f; the credential key is on P-256 (§8.6).</summary>
    FidoU2f,

    /// <summary>apple; the certificate is the credential key's own (§8.8).</summary>
    Apple,

    /// <summary>compound of <see cref="VirtualFido2Options.CompoundFormats"/> (§8.9).</summary>
    Compound,
}
