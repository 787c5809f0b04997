using System.Buffers.Binary;

namespace MedId.Testing;

/// <summary>TLV as an authenticator writes it: a level is a list of elements, so that a fault can be put anywhere.</summary>
internal sealed class SoftwareUafTlv : List<(ushort Tag, byte[] Value)>
{
    public void Add(ushort tag, params byte[] value) => Add((tag, value));

    public void Replace(ushort tag, byte[] value)
    {
        for (var index = 0; index < Count; index++)
        {
            if (this[index].Tag == tag)
            {
                this[index] = (tag, value);
            }
        }
    }

    public void Remove(ushort tag) => RemoveAll(element => element.Tag == tag);

    public byte[] Value(ushort tag) => Find(element => element.Tag == tag).Value;

    public byte[] ToBytes() => [.. this.SelectMany(element => Element(element.Tag, element.Value))];

    public static byte[] Element(ushort tag, byte[] value)
    {
        var element = new byte[4 + value.Length];
        BinaryPrimitives.WriteUInt16LittleEndian(element, tag);
        BinaryPrimitives.WriteUInt16LittleEndian(element.AsSpan(2), (ushort)value.Length);
        value.CopyTo(element, 4);
        return element;
    }

    public static byte[] Number16(ushort value)
    {
        var bytes = new byte[2];
        BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return bytes;
    }

    public static byte[] Number32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
