using System.Buffers.Binary;

namespace MedId.Fido2;

/// <summary>Takes numbers and sized buffers from a TPM structure, all big-endian (TPM 2.0 Part 2 §4).</summary>
internal ref struct TpmReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly bool AtEnd => _rest.IsEmpty;

    public bool TryReadUInt16(out ushort value)
    {
        var there = BinaryPrimitives.TryReadUInt16BigEndian(_rest, out value);
        _rest = there ? _rest[sizeof(ushort)..] : _rest;
        return there;
    }

    public bool TryReadUInt32(out uint value)
    {
        var there = BinaryPrimitives.TryReadUInt32BigEndian(_rest, out value);
        _rest = there ? _rest[sizeof(uint)..] : _rest;
        return there;
    }

    public bool TrySkip(int length)
    {
        var there = length <= _rest.Length;
        _rest = there ? _rest[length..] : _rest;
        return there;
    }

    /// <summary>Reads a TPM2B: a length of two bytes, and so many bytes.</summary>
    public bool TryReadSized(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!BinaryPrimitives.TryReadUInt16BigEndian(_rest, out var length) || length > _rest.Length - sizeof(ushort))
        {
            return false;
        }

        value = _rest.Slice(sizeof(ushort), length);
        _rest = _rest[(sizeof(ushort) + length)..];
        return true;
    }
}
