namespace MedId.Fido.Metadata;

/// <summary>How an authenticator verifies its user: bits of the FIDO registry §3.1.</summary>
[Flags]
public enum UserVerificationMethods : uint
{
    /// <summary>Touch only: somebody is there.</summary>
    Presence = 0x1,

    /// <summary>Fingerprint.</summary>
    Fingerprint = 0x2,

    /// <summary>Passcode on the authenticator.</summary>
    Passcode = 0x4,

    /// <summary>Voice.</summary>
    Voiceprint = 0x8,

    /// <summary>Face.</summary>
    Faceprint = 0x10,

    /// <summary>Place.</summary>
    Location = 0x20,

    /// <summary>Iris or retina.</summary>
    Eyeprint = 0x40,

    /// <summary>Drawn pattern on the authenticator.</summary>
    Pattern = 0x80,

    /// <summary>Palm.</summary>
    Handprint = 0x100,

    /// <summary>None: silent.</summary>
    None = 0x200,

    /// <summary>All the other bits of this value are asked for together.</summary>
    All = 0x400,

    /// <summary>Passcode entered outside the authenticator (UAF 1.2).</summary>
    PasscodeExternal = 0x800,

    /// <summary>Pattern entered outside the authenticator (UAF 1.2).</summary>
    PatternExternal = 0x1000,
}
