using System.Buffers.Binary;

namespace MedId.Fido.Uaf;

/// <summary>A cursor over one level of TLV: tag and length of 16 bits each, little endian, then the value. UAF 1.1 authnr-cmds §3.</summary>
/// <remarks>A nested level is read by a cursor of its own, so a tag of one level never stands for that of another.</remarks>
internal ref struct TlvReader(ReadOnlySpan<byte> content)
{
    /// <summary>Bytes of tag and length.</summary>
    public const int HeaderBytes = 4;

    private ReadOnlySpan<byte> _rest = content;

    public readonly bool IsAtEnd => _rest.IsEmpty;

    /// <summary>The next element. False at a header that is cut off or a length that overruns; the cursor then stays.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="value">Its value.</param>
    /// <param name="raw">The whole element with its header: what signatures cover.</param>
    public bool TryRead(out ushort tag, out ReadOnlySpan<byte> value, out ReadOnlySpan<byte> raw)
    {
        tag = 0;
        value = default;
        raw = default;
        if (_rest.Length < HeaderBytes)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16LittleEndian(_rest[2..]);
        if (length > _rest.Length - HeaderBytes)
        {
            return false;
        }

        tag = BinaryPrimitives.ReadUInt16LittleEndian(_rest);
        raw = _rest[..(HeaderBytes + length)];
        value = raw[HeaderBytes..];
        _rest = _rest[raw.Length..];
        return true;
    }
}
