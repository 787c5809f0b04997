using System.Buffers.Binary;

namespace MedId.Cryptography;

/// <summary>Writes COSE_Key in the CTAP2 canonical form.</summary>
internal static class CoseKeyWriter
{
    public static byte[] Write(PublicKey key, long algorithm)
    {
        var (first, second) = key.Numbers;
        var type = CoseKeyLabels.TypeOf(key.Kind);
        var bytes = new List<byte>(first.Length + second.Length + 32);
        WriteHead(bytes, 5, type switch { CoseKeyLabels.Ec2 => 5UL, CoseKeyLabels.Akp => 3, _ => 4 });
        WriteEntry(bytes, CoseKeyLabels.KeyType, type);
        WriteEntry(bytes, CoseKeyLabels.Algorithm, algorithm);
        if (CoseKeyLabels.CurveOf(key.Kind) is { } curve)
        {
            WriteEntry(bytes, CoseKeyLabels.First, curve);
            WriteEntry(bytes, CoseKeyLabels.Second, first);
            if (type == CoseKeyLabels.Ec2)
            {
                WriteEntry(bytes, CoseKeyLabels.Third, second);
            }
        }
        else
        {
            WriteEntry(bytes, CoseKeyLabels.First, first);
            if (type == CoseKeyLabels.Rsa)
            {
                WriteEntry(bytes, CoseKeyLabels.Second, second);
            }
        }

        return [.. bytes];
    }

    private static void WriteEntry(List<byte> bytes, long label, long value)
    {
        WriteInteger(bytes, label);
        WriteInteger(bytes, value);
    }

    private static void WriteEntry(List<byte> bytes, long label, byte[] value)
    {
        WriteInteger(bytes, label);
        WriteHead(bytes, 2, (ulong)value.Length);
        bytes.AddRange(value);
    }

    private static void WriteInteger(List<byte> bytes, long value) => WriteHead(bytes, value < 0 ? 1 : 0, (ulong)(value < 0 ? -1 - value : value));

    private static void WriteHead(List<byte> bytes, int major, ulong argument)
    {
        Span<byte> head = stackalloc byte[9];
        BinaryPrimitives.WriteUInt64BigEndian(head[1..], argument);
        var (information, length) = argument switch
        {
            < 24 => ((byte)argument, 0),
            <= byte.MaxValue => ((byte)24, 1),
            <= ushort.MaxValue => ((byte)25, 2),
            <= uint.MaxValue => ((byte)26, 4),
            _ => ((byte)27, 8),
        };
        bytes.Add((byte)((major << 5) | information));
        bytes.AddRange(head[(9 - length)..]);
    }
}
