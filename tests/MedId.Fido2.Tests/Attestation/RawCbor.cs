using System.Text;

namespace MedId.Fido2.Tests;

/// <summary>Writes CBOR octet by octet, in the order it is told; shares nothing with the reader.</summary>
internal static class RawCbor
{
    public static byte[] Int(long value) => Head(value < 0 ? 1 : 0, (ulong)(value < 0 ? -1 - value : value));

    public static byte[] Bytes(byte[] value) => [.. Head(2, (ulong)value.Length), .. value];

    public static byte[] Text(string value) => [.. Head(3, (ulong)Encoding.UTF8.GetByteCount(value)), .. Encoding.UTF8.GetBytes(value)];

    public static byte[] Array(params byte[][] items) => [.. Head(4, (ulong)items.Length), .. items.SelectMany(item => item)];

    public static byte[] Map(params (byte[] Key, byte[] Value)[] entries) => [.. Head(5, (ulong)entries.Length), .. entries.SelectMany(entry => entry.Key.Concat(entry.Value))];

    public static byte[] Map(IEnumerable<KeyValuePair<string, byte[]>> entries) => Map([.. entries.Select(entry => (Text(entry.Key), entry.Value))]);

    private static byte[] Head(int major, ulong argument) => argument switch
    {
        < 24 => [(byte)((major << 5) | (int)argument)],
        <= byte.MaxValue => [(byte)((major << 5) | 24), (byte)argument],
        <= ushort.MaxValue => [(byte)((major << 5) | 25), (byte)(argument >> 8), (byte)argument],
        _ => [(byte)((major << 5) | 26), (byte)(argument >> 24), (byte)(argument >> 16), (byte)(argument >> 8), (byte)argument],
    };
}
