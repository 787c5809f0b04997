namespace MedId.Pki;

/// <summary>What a key is for (RFC 5280 §4.2.1.3); bit n of the standard is bit n here.</summary>
[Flags]
public enum KeyUsages
{
    /// <summary>Nothing asked for.</summary>
    None = 0,

    /// <summary>Signatures other than those on certificates and CRLs: authentication.</summary>
    DigitalSignature = 1 << 0,

    /// <summary>Signatures that bind the signer (contentCommitment).</summary>
    NonRepudiation = 1 << 1,

    /// <summary>Encrypting keys.</summary>
    KeyEncipherment = 1 << 2,

    /// <summary>Encrypting data.</summary>
    DataEncipherment = 1 << 3,

    /// <summary>Agreeing on keys.</summary>
    KeyAgreement = 1 << 4,

    /// <summary>Signing certificates.</summary>
    KeyCertSign = 1 << 5,

    /// <summary>Signing CRLs.</summary>
    CrlSign = 1 << 6,

    /// <summary>With key agreement: for encrypting only.</summary>
    EncipherOnly = 1 << 7,

    /// <summary>With key agreement: for decrypting only.</summary>
    DecipherOnly = 1 << 8,
}
