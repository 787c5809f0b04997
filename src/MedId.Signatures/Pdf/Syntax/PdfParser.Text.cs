using System.Text;

namespace MedId.Signatures;

/// <content>Names and strings.</content>
internal sealed partial class PdfParser
{
    private string Name()
    {
        Position++;
        var name = new StringBuilder();
        while (Position < data.Length && IsRegular(data.Span[Position]))
        {
            var b = data.Span[Position++];
            if (b == '#')
            {
                // §7.3.5: an escape is for what cannot stand there itself. One that hides an ordinary letter hides a key from a reader.
                if (Rest is not [var high, var low, ..] || !TryHex(high, out var h) || !TryHex(low, out var l))
                {
                    throw PdfSyntaxException.Malformed("an escape in a name is broken");
                }

                b = (byte)((h << 4) | l);
                Position += 2;
                if (b == 0 || (b is > 32 and < 127 && b != '#' && IsRegular(b)))
                {
                    throw PdfSyntaxException.Malformed("an escape in a name hides an ordinary character");
                }
            }

            name.Append((char)b);
        }

        return name.ToString();
    }

    private PdfString HexString()
    {
        var start = Position++;
        var bytes = new List<byte>();
        var half = -1;
        while (Position < data.Length)
        {
            var b = data.Span[Position++];
            if (b == '>')
            {
                if (half >= 0)
                {
                    bytes.Add((byte)(half << 4));
                }

                return new([.. bytes], true, isFile ? start : -1, isFile ? Position : -1);
            }

            if (IsSpace(b))
            {
                continue;
            }

            if (!TryHex(b, out var digit))
            {
                break;
            }

            if (half < 0)
            {
                half = digit;
            }
            else
            {
                bytes.Add((byte)((half << 4) | digit));
                half = -1;
            }
        }

        throw PdfSyntaxException.Malformed("a hexadecimal string is broken");
    }

    private PdfString LiteralString()
    {
        var start = Position++;
        var bytes = new List<byte>();
        var open = 1;
        while (Position < data.Length)
        {
            var b = data.Span[Position++];
            switch (b)
            {
                case (byte)'(':
                    open++;
                    break;
                case (byte)')' when --open == 0:
                    return new([.. bytes], false, isFile ? start : -1, isFile ? Position : -1);
                case (byte)'\\':
                    Escape(bytes);
                    continue;
                case 13:
                    // §7.3.4.2: an end of line is read as LF.
                    Position += Rest is [10, ..] ? 1 : 0;
                    b = 10;
                    break;
            }

            bytes.Add(b);
        }

        throw PdfSyntaxException.Malformed("a string does not end");
    }

    private void Escape(List<byte> bytes)
    {
        if (Position >= data.Length)
        {
            return;
        }

        var b = data.Span[Position++];
        switch (b)
        {
            case >= (byte)'0' and <= (byte)'7':
                var value = b - '0';
                for (var more = 0; more < 2 && Rest is [>= (byte)'0' and <= (byte)'7', ..]; more++)
                {
                    value = (value * 8) + data.Span[Position++] - '0';
                }

                bytes.Add((byte)value);
                break;
            case 13:
                Position += Rest is [10, ..] ? 1 : 0;
                break;
            case 10:
                break;
            default:
                bytes.Add(b switch { (byte)'n' => 10, (byte)'r' => 13, (byte)'t' => 9, (byte)'b' => 8, (byte)'f' => 12, _ => b });
                break;
        }
    }

    private static bool TryHex(byte b, out int digit)
    {
        digit = b switch
        {
            >= (byte)'0' and <= (byte)'9' => b - '0',
            >= (byte)'a' and <= (byte)'f' => b - 'a' + 10,
            >= (byte)'A' and <= (byte)'F' => b - 'A' + 10,
            _ => -1,
        };
        return digit >= 0;
    }
}
