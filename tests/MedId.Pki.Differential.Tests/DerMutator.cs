using System.Globalization;

namespace MedId.Pki.Differential.Tests;

/// <summary>Changes one or two values of a DER structure and keeps the rest in shape.</summary>
internal static class DerMutator
{
    /// <summary>The changed octets, what was done, and in which field of the structure.</summary>
    public static (byte[] Der, string How, string Where) Mutate(byte[] der, Dice dice, Func<DerNode, int[], string> where)
    {
        var root = DerNode.Read(der);
        List<string> how = [];
        List<string> places = [];
        for (var changes = dice.Once(4) ? 2 : 1; changes > 0; changes--)
        {
            var all = root.Below().ToList();
            var (node, parent, path) = all[dice.Next(all.Count)];
            places.Add(where(root, path));
            how.Add($"{Change(node, parent, dice)} at {string.Join('.', path.Select(index => index.ToString(CultureInfo.InvariantCulture)))}");
        }

        return (root.Encode(), string.Join("; ", how), string.Join("+", places.Distinct(StringComparer.Ordinal)));
    }

    private static string Change(DerNode node, DerNode parent, Dice dice)
    {
        var siblings = parent.Children!;
        var index = siblings.IndexOf(node);
        switch (dice.Next(10))
        {
            case 0:
                siblings.RemoveAt(index);
                return "delete";
            case 1:
                siblings.Insert(index, node.Clone());
                return "duplicate";
            case 2:
                var other = dice.Next(siblings.Count);
                (siblings[index], siblings[other]) = (siblings[other], siblings[index]);
                return "swap with " + other.ToString(CultureInfo.InvariantCulture);
            case 3:
                node.Tag = dice.Of<byte>(0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0A, 0x0C, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1E, 0x30, 0x31, 0x80, 0x81, 0xA0, 0xA1);
                return "tag " + node.Tag.ToString("X2", CultureInfo.InvariantCulture);
            case 4:
                node.LongLength = true;
                return "long length";
            case 5:
                node.Content = [];
                node.Children?.Clear();
                return "empty";
            default:
                return Octets(node, dice);
        }
    }

    private static string Octets(DerNode node, Dice dice)
    {
        if (node.Children is not null || node.Content.Length == 0)
        {
            node.Children?.Reverse();
            return "reverse";
        }

        var at = dice.Next(node.Content.Length);
        switch (dice.Next(4))
        {
            case 0:
                node.Content[at] ^= (byte)(1 << dice.Next(8));
                return "flip";
            case 1:
                node.Content[at] = dice.Of<byte>(0x00, 0x01, 0x7F, 0x80, 0xFF, 0x20, 0x2A);
                return "set " + node.Content[at].ToString("X2", CultureInfo.InvariantCulture);
            case 2:
                node.Content = node.Content[..at];
                return "cut";
            default:
                node.Content = [.. node.Content, (byte)dice.Next(256)];
                return "extend " + node.Content[^1].ToString("X2", CultureInfo.InvariantCulture);
        }
    }
}
