namespace MedId.Pki.Differential.Tests;

/// <summary>DER as a tree that can be changed: lengths are written anew, so that a change stays where it is made.</summary>
internal sealed class DerNode
{
    private DerNode(byte tag) => Tag = tag;

    public byte Tag { get; set; }

    public byte[] Content { get; set; } = [];

    public List<DerNode>? Children { get; private set; }

    /// <summary>Whether its length is written in one octet more than it needs.</summary>
    public bool LongLength { get; set; }

    /// <summary>Octets of a BIT STRING before what it wraps.</summary>
    private byte[] Before { get; init; } = [];

    public static DerNode Read(ReadOnlySpan<byte> der)
    {
        var (node, length) = ReadOne(der);
        return length == der.Length ? node : throw new ArgumentException("More than one value.", nameof(der));
    }

    public byte[] Encode()
    {
        var content = Children is null ? Content : [.. Before, .. Children.SelectMany(child => child.Encode())];
        byte[] length = content.Length switch
        {
            < 0x80 => LongLength ? [0x81, (byte)content.Length] : [(byte)content.Length],
            <= 0xFF => LongLength ? [0x82, 0x00, (byte)content.Length] : [0x81, (byte)content.Length],
            _ => LongLength ? [0x83, 0x00, (byte)(content.Length >> 8), (byte)content.Length] : [0x82, (byte)(content.Length >> 8), (byte)content.Length],
        };
        return [Tag, .. length, .. content];
    }

    /// <summary>Every node with its parent and a path of indexes from here.</summary>
    public IEnumerable<(DerNode Node, DerNode Parent, int[] Path)> Below(int[]? path = null)
    {
        path ??= [];
        for (var index = 0; index < (Children?.Count ?? 0); index++)
        {
            int[] its = [.. path, index];
            yield return (Children![index], this, its);
            foreach (var below in Children[index].Below(its))
            {
                yield return below;
            }
        }
    }

    public DerNode Clone() => Read(Encode());

    private static (DerNode Node, int Length) ReadOne(ReadOnlySpan<byte> der)
    {
        if (der.Length < 2 || (der[0] & 0x1F) == 0x1F || der[1] == 0x80 || der[1] > 0x83)
        {
            throw new ArgumentException("Not a value.", nameof(der));
        }

        var octets = der[1] < 0x80 ? 0 : der[1] - 0x80;
        if (der.Length < 2 + octets)
        {
            throw new ArgumentException("Not a value.", nameof(der));
        }

        var length = octets == 0 ? der[1] : 0;
        for (var index = 0; index < octets; index++)
        {
            length = (length << 8) | der[2 + index];
        }

        var start = 2 + octets;
        if (der.Length < start + length)
        {
            throw new ArgumentException("Not a value.", nameof(der));
        }

        var content = der.Slice(start, length);
        var before = der[0] == 0x03 && length > 1 && content[0] == 0 ? 1 : 0;
        var node = new DerNode(der[0]) { Content = content.ToArray(), Before = content[..before].ToArray() };
        if ((der[0] & 0x20) != 0 || der[0] is 0x03 or 0x04)
        {
            node.Children = TryReadAll(content[before..], must: (der[0] & 0x20) != 0);
        }

        return (node, start + length);
    }

    // Strings of octets or bits may wrap DER: only then are they read as such.
    private static List<DerNode>? TryReadAll(ReadOnlySpan<byte> content, bool must)
    {
        List<DerNode> children = [];
        while (!content.IsEmpty)
        {
            try
            {
                var (child, length) = ReadOne(content);
                children.Add(child);
                content = content[length..];
            }
            catch (ArgumentException) when (!must)
            {
                return null;
            }
        }

        return must || children is [{ Tag: 0x30 or 0x31 or 0x02 or 0x03 or 0x04 or 0x0A or 0x18 or 0x05 }] ? children : null;
    }
}
