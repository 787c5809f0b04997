using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MedId.Pki;

/// <summary>Reads DER elements out of a span, without allocation and without exceptions; for what is read a hundred thousand times. Single-byte tags only.</summary>
internal ref struct DerSpan(ReadOnlySpan<byte> rest)
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte OctetString = 0x04;
    public const byte ObjectIdentifier = 0x06;
    public const byte Enumerated = 0x0A;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte Sequence = 0x30;

    private ReadOnlySpan<byte> _rest = rest;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public readonly int Length => _rest.Length;

    public readonly bool IsNext(byte tag) => !_rest.IsEmpty && _rest[0] == tag;

    /// <summary>Reads an element of the tag with the shortest form of its length (X.690 §10.1).</summary>
    public bool TryRead(byte tag, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (!TryReadHeader(_rest, tag, out var header, out var length))
        {
            return false;
        }

        content = _rest.Slice(header, length);
        _rest = _rest[(header + length)..];
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool TryReadHeader(ReadOnlySpan<byte> bytes, byte tag, out int header, out int length)
    {
        (header, length) = (2, 0);
        if (bytes.Length < 2 || bytes[0] != tag)
        {
            return false;
        }

        length = bytes[1];
        return length < 0x80 ? length <= bytes.Length - 2 : TryReadLongHeader(bytes, out header, out length);
    }

    private static bool TryReadLongHeader(ReadOnlySpan<byte> bytes, out int header, out int length)
    {
        var octets = bytes[1] - 0x80;
        (header, length) = (2 + octets, 0);
        if (octets is 0 or > 4 || bytes.Length < header || bytes[2] == 0)
        {
            return false;
        }

        var value = 0u;
        foreach (var b in bytes.Slice(2, octets))
        {
            value = (value << 8) | b;
        }

        length = (int)value;
        return value is >= 0x80 and <= int.MaxValue && length <= bytes.Length - header;
    }

    /// <summary>Whether content octets of an INTEGER are there and as few as possible (X.690 §8.3.2).</summary>
    public static bool IsInteger(ReadOnlySpan<byte> content) =>
        content.Length == 1 || (content.Length > 1 && (BinaryPrimitives.ReadUInt16BigEndian(content) >> 7) is not 0 and not 0x1FF);
}
