using System.Buffers.Binary;

namespace MedId.Cryptography;

/// <summary>The first bytes of a data item (RFC 8949 §3): major type, additional information and argument.</summary>
internal readonly struct CborHead(byte initial, ulong argument, int length)
{
    public const byte Break = 0xFF;
    private const int Indefinite = 31;
    private const int FirstLongArgument = 24;

    public int Major => initial >> 5;

    public int Information => initial & 0x1F;

    /// <summary>The value, length or count; 0 for an indefinite length.</summary>
    public ulong Argument => argument;

    /// <summary>How many bytes the head takes.</summary>
    public int Length => length;

    public bool IsIndefinite => Information == Indefinite;

    /// <summary>Whether the argument is written as short as it can be (RFC 8949 §4.2.1).</summary>
    public bool IsShortest => length switch
    {
        2 => argument >= FirstLongArgument,
        3 => argument > byte.MaxValue,
        5 => argument > ushort.MaxValue,
        9 => argument > uint.MaxValue,
        _ => true,
    };

    /// <summary>Reads a head; false when it is cut off or reserved (information 28 to 30).</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out CborHead head)
    {
        head = default;
        if (data.IsEmpty)
        {
            return false;
        }

        var information = data[0] & 0x1F;
        var following = information switch
        {
            < FirstLongArgument or Indefinite => 0,
            24 => 1,
            25 => 2,
            26 => 4,
            27 => 8,
            _ => -1,
        };
        if (following < 0 || data.Length <= following)
        {
            return false;
        }

        var argument = following switch
        {
            1 => data[1],
            2 => BinaryPrimitives.ReadUInt16BigEndian(data[1..]),
            4 => BinaryPrimitives.ReadUInt32BigEndian(data[1..]),
            8 => BinaryPrimitives.ReadUInt64BigEndian(data[1..]),
            _ => information == Indefinite ? 0 : (ulong)information,
        };
        head = new(data[0], argument, 1 + following);
        return true;
    }
}
