using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace MedId.Testing;

/// <summary>Authenticator data (WebAuthn Level 3 §6.1), or what a fault makes of it.</summary>
[SuppressMessage("Performance", "CA1819", Justification = "Octets of a message.")]
internal sealed record VirtualFido2AuthenticatorData
{
    private const byte UserPresent = 0x01;
    private const byte Reserved = 0x22;
    private const byte UserVerified = 0x04;
    private const byte BackupEligible = 0x08;
    private const byte BackupState = 0x10;
    private const byte Attested = 0x40;
    private const byte Extended = 0x80;

    public required byte[] RpIdHash { get; init; }

    public required bool IsUserPresent { get; init; }

    public required bool IsUserVerified { get; init; }

    public required bool IsBackupEligible { get; init; }

    public required bool IsBackedUp { get; init; }

    public required uint Counter { get; init; }

    public required Guid Aaguid { get; init; }

    /// <summary>The credential that is attested: in a registration, or in an assertion that misbehaves.</summary>
    public VirtualFido2Credential? Credential { get; init; }

    public required IReadOnlyList<(string Name, byte[] Value)> Extensions { get; init; }

    public byte[] Write(Fido2Fault fault)
    {
        var attested = Credential is not null && fault != Fido2Fault.NoAttestedCredential;
        var flags = (byte)(
            (IsUserPresent && fault != Fido2Fault.NoUserPresence ? UserPresent : 0)
            | (IsUserVerified && fault != Fido2Fault.NoUserVerification ? UserVerified : 0)
            | (IsBackupEligible && fault != Fido2Fault.BackedUpWithoutEligibility ? BackupEligible : 0)
            | (IsBackedUp || fault == Fido2Fault.BackedUpWithoutEligibility ? BackupState : 0)
            | (attested ? Attested : 0)
            | ((Extensions.Count > 0 || fault is Fido2Fault.ExtensionFlagWithoutData or Fido2Fault.ExtensionsNotMap) && fault != Fido2Fault.ExtensionDataWithoutFlag ? Extended : 0)
            | (fault == Fido2Fault.UnknownFlags ? Reserved : 0));
        var counter = new byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        byte[] bytes = [.. RpIdHash, flags, .. counter, .. attested ? AttestedData(Credential!, fault) : [], .. ExtensionData(fault)];
        return fault switch
        {
            Fido2Fault.AuthenticatorDataCutOff => bytes[..36],
            Fido2Fault.AuthenticatorDataTrailingByte => [.. bytes, 0],
            _ => bytes,
        };
    }

    private byte[] AttestedData(VirtualFido2Credential credential, Fido2Fault fault)
    {
        var length = fault == Fido2Fault.CredentialIdOverrun ? 1023 : credential.IdBytes.Length;
        return [.. Aaguid.ToByteArray(bigEndian: true), (byte)(length >> 8), (byte)length, .. credential.IdBytes, .. credential.Key.Cose(fault)];
    }

    private byte[] ExtensionData(Fido2Fault fault) => fault switch
    {
        Fido2Fault.ExtensionFlagWithoutData => [],
        Fido2Fault.ExtensionsNotMap => TestCbor.Array(),
        Fido2Fault.ExtensionDataWithoutFlag => TestCbor.TextMap(("minPinLength", TestCbor.Integer(4))),
        _ => Extensions.Count == 0 ? [] : TestCbor.TextMap(Extensions),
    };
}
