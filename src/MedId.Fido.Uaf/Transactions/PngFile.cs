using System.Buffers.Binary;
using System.IO.Compression;

namespace MedId.Fido.Uaf;

/// <summary>Reads a PNG file as far as it has to be known before a display gets it: whole, of a legal form, and no larger unpacked than a display can want. PNG §5, §11.</summary>
internal static class PngFile
{
    /// <summary>Ours: pixels on a side.</summary>
    public const uint MaximumSide = 4096;

    /// <summary>Ours: bytes of the unpacked picture. What unpacks to more than its header says is refused before that.</summary>
    public const long MaximumUnpackedBytes = 4 * 1024 * 1024;

    private const int HeaderBytes = 13;
    private const int ChunkOverhead = 12;
    private const byte Indexed = 3;

    private static readonly uint[] CrcTable = MakeCrcTable();

    /// <summary>The characteristics; null with the reason for a file that is not taken.</summary>
    public static PngCharacteristics? Read(ReadOnlySpan<byte> png, out string? problem)
    {
        ReadOnlySpan<byte> signature = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];
        if (!png.StartsWith(signature))
        {
            problem = "not a PNG file";
            return null;
        }

        var rest = png[signature.Length..];
        var (first, ended) = (true, false);
        PngCharacteristics? header = null;
        IReadOnlyList<PngPaletteEntry>? palette = null;
        using var packed = new MemoryStream();
        var (dataBegan, dataEnded) = (false, false);
        while (!rest.IsEmpty)
        {
            if (ended || !TryChunk(ref rest, out var type, out var data))
            {
                problem = ended ? "bytes behind the end" : "a chunk is cut off or its checksum is wrong";
                return null;
            }

            if (first != type.SequenceEqual("IHDR"u8))
            {
                problem = "the header is not the first chunk, or stands twice";
                return null;
            }

            first = false;
            problem = null;
            if (type.SequenceEqual("IHDR"u8))
            {
                header = ReadHeader(data, out problem);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                problem = palette is null && !dataBegan ? ReadPalette(data, header!, out palette) : "a palette in the wrong place";
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                problem = dataEnded ? "the picture's chunks do not follow each other" : null;
                dataBegan = true;
                packed.Write(data);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                problem = data.IsEmpty ? null : "the end has a content";
                ended = true;
            }
            else
            {
                // Lower case: ancillary, may be skipped. Upper case: critical and unknown.
                problem = (type[0] & 0x20) == 0 ? "an unknown critical chunk" : null;
            }

            dataEnded |= dataBegan && !type.SequenceEqual("IDAT"u8);
            if (problem is not null)
            {
                return null;
            }
        }

        problem = !ended || !dataBegan ? "the file is not whole"
            : header!.ColorType == Indexed && palette is null ? "an indexed picture without its palette"
            : Unpacks(packed, header) ? null
            : "the picture does not unpack to the size that its header says";
        return problem is null ? header! with { Palette = palette ?? [] } : null;
    }

    private static bool TryChunk(scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> type, out ReadOnlySpan<byte> data)
    {
        type = default;
        data = default;
        if (rest.Length < ChunkOverhead)
        {
            return false;
        }

        var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - ChunkOverhead)
        {
            return false;
        }

        var body = rest.Slice(4, (int)length + 4);
        if (Crc(body) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + (int)length)..]))
        {
            return false;
        }

        type = body[..4];
        data = body[4..];
        rest = rest[(ChunkOverhead + (int)length)..];
        return true;
    }

    private static PngCharacteristics? ReadHeader(ReadOnlySpan<byte> data, out string? problem)
    {
        problem = "the header has another length";
        if (data.Length != HeaderBytes)
        {
            return null;
        }

        var header = new PngCharacteristics
        {
            Width = BinaryPrimitives.ReadUInt32BigEndian(data),
            Height = BinaryPrimitives.ReadUInt32BigEndian(data[4..]),
            BitDepth = data[8],
            ColorType = data[9],
            Compression = data[10],
            Filter = data[11],
            Interlace = data[12],
        };
        problem = header.IsLegal ? null : "the header's values do not go together";
        return problem is null && (header.Width > MaximumSide || header.Height > MaximumSide || header.UnpackedBytes > MaximumUnpackedBytes)
            ? Refuse("the picture is too large", out problem)
            : header;
    }

    private static PngCharacteristics? Refuse(string why, out string? problem)
    {
        problem = why;
        return null;
    }

    private static string? ReadPalette(ReadOnlySpan<byte> data, PngCharacteristics header, out IReadOnlyList<PngPaletteEntry>? palette)
    {
        palette = null;
        var count = data.Length / 3;
        if (data.Length % 3 != 0 || count is 0 or > 256 || header.ColorType is 0 or 4 || (header.ColorType == Indexed && count > 1 << header.BitDepth))
        {
            return "the palette does not fit the header";
        }

        var entries = new PngPaletteEntry[count];
        for (var index = 0; index < count; index++)
        {
            entries[index] = new(data[index * 3], data[(index * 3) + 1], data[(index * 3) + 2]);
        }

        palette = entries;
        return null;
    }

    private static bool Unpacks(MemoryStream packed, PngCharacteristics header)
    {
        packed.Position = 0;
        var left = header.UnpackedBytes;
        Span<byte> buffer = stackalloc byte[4096];
        try
        {
            using var stream = new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true);
            while (stream.Read(buffer) is var read and > 0)
            {
                left -= read;
                if (left < 0)
                {
                    return false;
                }
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return left == 0;
    }

    private static uint Crc(ReadOnlySpan<byte> data)
    {
        var crc = uint.MaxValue;
        foreach (var octet in data)
        {
            crc = CrcTable[(crc ^ octet) & 0xFF] ^ (crc >> 8);
        }

        return ~crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint index = 0; index < table.Length; index++)
        {
            var value = index;
            for (var bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? 0xEDB88320 ^ (value >> 1) : value >> 1;
            }

            table[index] = value;
        }

        return table;
    }
}
