using System.Buffers.Binary;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>TAG_ASSERTION_INFO: version, mode and algorithms that the authenticator states, under its signature. UAF 1.1 authnr-cmds §5.2.</summary>
/// <param name="AuthenticatorVersion">Firmware version.</param>
/// <param name="Mode">0x01 user verified, 0x02 transaction confirmed.</param>
/// <param name="Algorithm">Signature algorithm of this assertion.</param>
/// <param name="KeyFormat">Encoding of the public key; only in registrations.</param>
internal readonly record struct AssertionInfo(ushort AuthenticatorVersion, byte Mode, FidoAlgorithm Algorithm, FidoKeyFormat KeyFormat)
{
    public const int RegistrationBytes = 7;
    public const int AuthenticationBytes = 5;
    public const byte UserVerified = 0x01;
    public const byte TransactionConfirmed = 0x02;

    /// <summary>Reads 5 or 7 bytes, whose count the caller has checked.</summary>
    public static AssertionInfo Read(ReadOnlySpan<byte> value) => new(
        BinaryPrimitives.ReadUInt16LittleEndian(value),
        value[2],
        (FidoAlgorithm)BinaryPrimitives.ReadUInt16LittleEndian(value[3..]),
        value.Length == RegistrationBytes ? (FidoKeyFormat)BinaryPrimitives.ReadUInt16LittleEndian(value[5..]) : default);
}
