using System.Buffers.Binary;
using System.Text;

namespace MedId.Cryptography;

/// <summary>Joins texts so that no two lists of well-formed texts give the same bytes: each part in UTF-8 with its length in four bytes before it.</summary>
internal static class LabelledBytes
{
    public static byte[] Join(params ReadOnlySpan<string> parts)
    {
        var length = 0;
        foreach (var part in parts)
        {
            length += sizeof(int) + Encoding.UTF8.GetByteCount(part);
        }

        var joined = new byte[length];
        var rest = joined.AsSpan();
        foreach (var part in parts)
        {
            var written = Encoding.UTF8.GetBytes(part, rest[sizeof(int)..]);
            BinaryPrimitives.WriteInt32BigEndian(rest, written);
            rest = rest[(sizeof(int) + written)..];
        }

        return joined;
    }
}
