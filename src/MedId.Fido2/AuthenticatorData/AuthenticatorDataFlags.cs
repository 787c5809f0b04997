namespace MedId.Fido2;

/// <summary>The flags of authenticator data (WebAuthn L3 §6.1). Bits 1 and 5 are reserved and tolerated.</summary>
[Flags]
public enum AuthenticatorDataFlags : byte
{
    /// <summary>No flag.</summary>
    None = 0,

    /// <summary>UP: somebody was there.</summary>
    UserPresent = 0x01,

    /// <summary>UV: the authenticator verified who.</summary>
    UserVerified = 0x04,

    /// <summary>BE: the credential may be backed up; the same for its whole life.</summary>
    BackupEligible = 0x08,

    /// <summary>BS: the credential is backed up now.</summary>
    BackupState = 0x10,

    /// <summary>AT: a new credential is in the data.</summary>
    AttestedCredentialData = 0x40,

    /// <summary>ED: outputs of authenticator extensions are in the data.</summary>
    ExtensionData = 0x80,
}
