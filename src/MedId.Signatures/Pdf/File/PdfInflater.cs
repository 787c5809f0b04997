using System.IO.Compression;

namespace MedId.Signatures;

/// <summary>Inflates a stream (ISO 32000-2 §7.4.4) and undoes a PNG predictor, within a budget for the whole file.</summary>
internal sealed class PdfInflater(long budget)
{
    private const int MaxColumns = 1 << 16;

    private long _left = budget;

    public byte[] Read(PdfStream stream)
    {
        var dictionary = stream.Dictionary;
        var filter = dictionary["Filter"] is PdfArray { Items: [var only] } ? only : dictionary["Filter"];
        var parameters = dictionary["DecodeParms"] is PdfArray { Items: [var first] } ? first : dictionary["DecodeParms"];
        if (filter is null or PdfArray { Items.Count: 0 })
        {
            return stream.Data.ToArray();
        }

        if (filter is not PdfName { Value: "FlateDecode" } || parameters is not (null or PdfNull or PdfDictionary))
        {
            throw PdfSyntaxException.Malformed("a structural stream has another filter than FlateDecode");
        }

        var bytes = Inflate(stream.Data);
        return parameters is PdfDictionary given ? UndoPredictor(bytes, given) : bytes;
    }

    private byte[] Inflate(ReadOnlyMemory<byte> data)
    {
        try
        {
            using var input = new MemoryStream(data.ToArray(), writable: false);
            using var zlib = new ZLibStream(input, CompressionMode.Decompress);
            using var output = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = zlib.Read(buffer, 0, buffer.Length)) > 0)
            {
                _left -= read;
                if (_left < 0)
                {
                    throw PdfSyntaxException.Limit("streams inflate to too much");
                }

                output.Write(buffer, 0, read);
            }

            return output.ToArray();
        }
        catch (InvalidDataException)
        {
            throw PdfSyntaxException.Malformed("a stream cannot be inflated");
        }
    }

    // §7.4.4.4: each row has a byte before it that names its filter (PNG §9.2). Rows of one byte a pixel are the only ones that cross-reference streams need.
    private static byte[] UndoPredictor(byte[] bytes, PdfDictionary parameters)
    {
        var predictor = Integer(parameters, "Predictor", 1);
        if (predictor == 1)
        {
            return bytes;
        }

        var columns = Integer(parameters, "Columns", 1);
        if (predictor is < 10 or > 15 || columns is < 1 or > MaxColumns || Integer(parameters, "Colors", 1) != 1 || Integer(parameters, "BitsPerComponent", 8) != 8 || bytes.Length % (columns + 1) != 0)
        {
            throw PdfSyntaxException.Malformed("a structural stream has a predictor that is not read");
        }

        var width = (int)columns;
        var rows = bytes.Length / (width + 1);
        var output = new byte[rows * width];
        for (var row = 0; row < rows; row++)
        {
            var filter = bytes[row * (width + 1)];
            var source = bytes.AsSpan((row * (width + 1)) + 1, width);
            var target = output.AsSpan(row * width, width);
            var above = row == 0 ? new byte[width] : output.AsSpan((row - 1) * width, width);
            for (var x = 0; x < width; x++)
            {
                int left = x == 0 ? 0 : target[x - 1], up = above[x], corner = x == 0 ? 0 : above[x - 1];
                target[x] = (byte)(source[x] + filter switch
                {
                    0 => 0,
                    1 => left,
                    2 => up,
                    3 => (left + up) / 2,
                    4 => Paeth(left, up, corner),
                    _ => throw PdfSyntaxException.Malformed("a row has an unknown filter"),
                });
            }
        }

        return output;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        int toLeft = Math.Abs(estimate - left), toUp = Math.Abs(estimate - up), toCorner = Math.Abs(estimate - corner);
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private static long Integer(PdfDictionary dictionary, string key, long standard) => dictionary[key] switch
    {
        null => standard,
        PdfInteger { Value: var value } => value,
        _ => throw PdfSyntaxException.Malformed("a predictor's parameter is no number"),
    };
}
