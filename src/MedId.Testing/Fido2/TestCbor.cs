using System.Buffers.Binary;
using System.Text;

namespace MedId.Testing;

/// <summary>Writes CBOR (RFC 8949) item by item, and what only looks like it: nothing is checked, so that malformed structures can be made on purpose.</summary>
public static class TestCbor
{
    private const byte Unsigned = 0;
    private const byte Negative = 1;

    /// <summary>The break that ends an indefinite length.</summary>
    public static byte[] Break => [0xFF];

    /// <summary>An integer in its shortest form.</summary>
    /// <param name="value">The number.</param>
    public static byte[] Integer(long value) => value < 0 ? Head(Negative, (ulong)(-1 - value)) : Head(Unsigned, (ulong)value);

    /// <summary>A byte string.</summary>
    /// <param name="bytes">The bytes.</param>
    public static byte[] Bytes(ReadOnlySpan<byte> bytes) => [.. Head(2, (ulong)bytes.Length), .. bytes];

    /// <summary>A text string.</summary>
    /// <param name="text">The text.</param>
    public static byte[] Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return [.. Head(3, (ulong)utf8.Length), .. utf8];
    }

    /// <summary>False or true.</summary>
    /// <param name="value">Which.</param>
    public static byte[] Boolean(bool value) => [value ? (byte)0xF5 : (byte)0xF4];

    /// <summary>An array.</summary>
    /// <param name="items">Encoded items.</param>
    public static byte[] Array(params IReadOnlyList<byte[]> items) => [.. Head(4, (ulong)items.Count), .. items.SelectMany(item => item)];

    /// <summary>A map in the order of CTAP2: by major type of the key, then its length, then its bytes.</summary>
    /// <param name="pairs">Encoded keys and values.</param>
    public static byte[] Map(params IEnumerable<(byte[] Key, byte[] Value)> pairs) => UnsortedMap(pairs
        .OrderBy(pair => pair.Key[0] >> 5)
        .ThenBy(pair => pair.Key.Length)
        .ThenBy(pair => Convert.ToHexString(pair.Key), StringComparer.Ordinal));

    /// <summary>A map with text keys in the order of CTAP2.</summary>
    /// <param name="pairs">Keys and encoded values.</param>
    public static byte[] TextMap(params IEnumerable<(string Key, byte[] Value)> pairs) => Map(pairs.Select(pair => (Text(pair.Key), pair.Value)));

    /// <summary>A map in this order, with whatever is repeated.</summary>
    /// <param name="pairs">Encoded keys and values.</param>
    public static byte[] UnsortedMap(params IEnumerable<(byte[] Key, byte[] Value)> pairs)
    {
        var all = pairs.ToList();
        return [.. Head(5, (ulong)all.Count), .. all.SelectMany(pair => (IEnumerable<byte>)[.. pair.Key, .. pair.Value])];
    }

    /// <summary>A map of indefinite length in this order.</summary>
    /// <param name="pairs">Encoded keys and values.</param>
    public static byte[] IndefiniteMap(params IEnumerable<(byte[] Key, byte[] Value)> pairs) =>
        [0xBF, .. pairs.SelectMany(pair => (IEnumerable<byte>)[.. pair.Key, .. pair.Value]), .. Break];

    /// <summary>A tagged item.</summary>
    /// <param name="tag">The tag's number.</param>
    /// <param name="item">The encoded item.</param>
    public static byte[] Tagged(ulong tag, byte[] item) => [.. Head(6, tag), .. item];

    private static byte[] Head(byte major, ulong value)
    {
        var type = (byte)(major << 5);
        switch (value)
        {
            case < 24:
                return [(byte)(type | (byte)value)];
            case <= byte.MaxValue:
                return [(byte)(type | 24), (byte)value];
            case <= ushort.MaxValue:
                return [(byte)(type | 25), (byte)(value >> 8), (byte)value];
            case <= uint.MaxValue:
                var four = new byte[5];
                four[0] = (byte)(type | 26);
                BinaryPrimitives.WriteUInt32BigEndian(four.AsSpan(1), (uint)value);
                return four;
            default:
                var eight = new byte[9];
                eight[0] = (byte)(type | 27);
                BinaryPrimitives.WriteUInt64BigEndian(eight.AsSpan(1), value);
                return eight;
        }
    }
}
