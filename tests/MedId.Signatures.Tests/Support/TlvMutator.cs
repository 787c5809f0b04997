using System.Formats.Asn1;
using MedId.TestSupport;

namespace MedId.Signatures.Tests;

/// <summary>
/// Changes DER by its elements and writes correct lengths around the change, so that mutants come further than those of changed bytes: what is deleted, doubled, moved or exchanged is a whole element.
/// </summary>
internal sealed class TlvMutator(int seed)
{
    private ulong _state = (ulong)seed;

    public IEnumerable<Mutant> Mutate(byte[] original, int count)
    {
        for (var made = 0; made < count;)
        {
            var root = Node.Read(original);
            var how = string.Empty;
            for (var changes = 1 + Next(2); changes > 0; changes--)
            {
                how += Change(root);
            }

            var bytes = root.Write();
            if (!bytes.AsSpan().SequenceEqual(original))
            {
                made++;
                yield return new Mutant(how, bytes);
            }
        }
    }

    private string Change(Node root)
    {
        var parents = root.All().Where(n => n.Children.Count > 0).ToList();
        var parent = parents[Next(parents.Count)];
        var at = Next(parent.Children.Count);
        var node = parent.Children[at];
        var all = root.All().ToList();
        switch (Next(7))
        {
            case 0:
                parent.Children.RemoveAt(at);
                return $"remove {node}; ";
            case 1:
                parent.Children.Insert(at, node.Copy());
                return $"double {node}; ";
            case 2:
                var other = Next(parent.Children.Count);
                (parent.Children[at], parent.Children[other]) = (parent.Children[other], parent.Children[at]);
                return $"swap {at} and {other} in {parent}; ";
            case 3:
                var from = all[Next(all.Count)];
                parent.Children[at] = from.Copy();
                return $"put {from} in place of {node}; ";
            case 4:
                var added = all[Next(all.Count)];
                parent.Children.Insert(at, added.Copy());
                return $"insert {added} before {node}; ";
            case 5:
                node.Tag = (byte)(node.Tag ^ (1 << Next(8)));
                return $"retag {node}; ";
            default:
                if (node.Content.Length > 0)
                {
                    node.Content[Next(node.Content.Length)] ^= (byte)(1 << Next(8));
                }

                return $"change the content of {node}; ";
        }
    }

    private int Next(int below)
    {
        unchecked
        {
            _state = (_state * 6364136223846793005UL) + 1442695040888963407UL;
            return (int)((_state >> 33) % (ulong)below);
        }
    }

    private sealed class Node
    {
        public byte Tag { get; set; }

        public byte[] Content { get; private init; } = [];

        public List<Node> Children { get; } = [];

        public static Node Read(ReadOnlyMemory<byte> der)
        {
            var reader = new AsnReader(der, AsnEncodingRules.BER);
            var constructed = (der.Span[0] & 0x20) != 0;
            var content = reader.PeekContentBytes();
            var node = new Node { Tag = der.Span[0], Content = constructed ? [] : content.ToArray() };
            for (var rest = constructed ? content : default; !rest.IsEmpty;)
            {
                var child = new AsnReader(rest, AsnEncodingRules.BER).PeekEncodedValue();
                node.Children.Add(Read(child));
                rest = rest[child.Length..];
            }

            return node;
        }

        public IEnumerable<Node> All() => Children.SelectMany(c => c.All()).Prepend(this);

        public Node Copy()
        {
            var copy = new Node { Tag = Tag, Content = [.. Content] };
            copy.Children.AddRange(Children.Select(c => c.Copy()));
            return copy;
        }

        public byte[] Write()
        {
            byte[] content = Children.Count == 0 ? Content : [.. Children.SelectMany(c => c.Write())];
            byte[] length = content.Length switch
            {
                < 0x80 => [(byte)content.Length],
                < 0x100 => [0x81, (byte)content.Length],
                < 0x10000 => [0x82, (byte)(content.Length >> 8), (byte)content.Length],
                _ => [0x83, (byte)(content.Length >> 16), (byte)(content.Length >> 8), (byte)content.Length],
            };
            return [Tag, .. length, .. content];
        }

        public override string ToString() => $"{Tag:X2}({(Children.Count == 0 ? Content.Length : Children.Count)})";
    }
}
