namespace MedId.Fido.Uaf;

/// <summary>TLV tags of assertions. UAF registry §3; bit 0x1000 says composite, bit 0x2000 says critical.</summary>
internal static class UafTag
{
    public const ushort RegistrationAssertion = 0x3E01;
    public const ushort AuthenticationAssertion = 0x3E02;
    public const ushort KeyRegistrationData = 0x3E03;
    public const ushort SignedData = 0x3E04;
    public const ushort AttestationCertificate = 0x2E05;
    public const ushort Signature = 0x2E06;
    public const ushort BasicFull = 0x3E07;
    public const ushort BasicSurrogate = 0x3E08;
    public const ushort Ecdaa = 0x3E09;
    public const ushort KeyId = 0x2E09;
    public const ushort FinalChallengeHash = 0x2E0A;
    public const ushort Aaid = 0x2E0B;
    public const ushort PublicKey = 0x2E0C;
    public const ushort Counters = 0x2E0D;
    public const ushort AssertionInfo = 0x2E0E;
    public const ushort AuthenticatorNonce = 0x2E0F;
    public const ushort TransactionContentHash = 0x2E10;
    public const ushort Extension = 0x3E11;
    public const ushort ExtensionNonCritical = 0x3E12;
    public const ushort ExtensionId = 0x2E13;
    public const ushort ExtensionData = 0x2E14;

    public const ushort CriticalBit = 0x2000;

    /// <summary>Whether the registry gives the tag a meaning: then it stands in a wrong place, however its bits are.</summary>
    public static bool IsKnown(ushort tag) => tag is (>= RegistrationAssertion and <= SignedData) or (>= AttestationCertificate and <= Signature)
        or (>= BasicFull and <= Ecdaa) or (>= KeyId and <= TransactionContentHash) or Extension or ExtensionNonCritical or ExtensionId or ExtensionData;
}
