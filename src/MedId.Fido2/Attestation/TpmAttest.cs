namespace MedId.Fido2;

/// <summary>TPMS_ATTEST of a certification (TPM 2.0 Part 2 §10.12.8, §10.12.3), as far as WebAuthn asks about it.</summary>
internal sealed class TpmAttest
{
    private const uint GeneratedValue = 0xFF544347;
    private const ushort AttestCertify = 0x8017;
    private const int ClockInfoLength = 17;
    private const int FirmwareVersionLength = 8;

    private TpmAttest(byte[] extraData, byte[] name)
    {
        ExtraData = extraData;
        Name = name;
    }

    public byte[] ExtraData { get; }

    /// <summary>The Name of the object that was certified.</summary>
    public byte[] Name { get; }

    /// <summary>Reads the structure; null when it is cut off, has something behind it, or is of another kind.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="isOtherKind">Whether it begins as another kind does, with which the rest is not read.</param>
    public static TpmAttest? Read(ReadOnlySpan<byte> bytes, out bool isOtherKind)
    {
        var reader = new TpmReader(bytes);
        isOtherKind = false;
        if (!reader.TryReadUInt32(out var magic) || !reader.TryReadUInt16(out var type))
        {
            return null;
        }

        isOtherKind = magic != GeneratedValue || type != AttestCertify;
        return !isOtherKind && reader.TryReadSized(out _) && reader.TryReadSized(out var extraData) && reader.TrySkip(ClockInfoLength + FirmwareVersionLength)
            && reader.TryReadSized(out var name) && reader.TryReadSized(out _) && reader.AtEnd
            ? new(extraData.ToArray(), name.ToArray())
            : null;
    }
}
