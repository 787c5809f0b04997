using System.Buffers.Binary;
using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary>The PNG pictures that a display shows, or the header of one: <c>DisplayPNGCharacteristicsDescriptor</c>. UAF 1.1 protocol §3.1.</summary>
/// <remarks>The values are those of the PNG header chunk (IHDR).</remarks>
public sealed record PngCharacteristics
{
    /// <summary><c>width</c> in pixels.</summary>
    public required uint Width { get; init; }

    /// <summary><c>height</c> in pixels.</summary>
    public required uint Height { get; init; }

    /// <summary><c>bitDepth</c>: 1, 2, 4, 8 or 16.</summary>
    public required byte BitDepth { get; init; }

    /// <summary><c>colorType</c>: 0, 2, 3, 4 or 6.</summary>
    public required byte ColorType { get; init; }

    /// <summary><c>compression</c>: 0.</summary>
    public byte Compression { get; init; }

    /// <summary><c>filter</c>: 0.</summary>
    public byte Filter { get; init; }

    /// <summary><c>interlace</c>: 0 or 1.</summary>
    public byte Interlace { get; init; }

    /// <summary><c>plte</c>: the palette, needed by colour type 3.</summary>
    public IReadOnlyList<PngPaletteEntry> Palette { get; init; } = [];

    /// <summary>The header of a PNG file. The palette is not read.</summary>
    /// <param name="png">The file.</param>
    /// <exception cref="ArgumentException">The bytes do not begin like a PNG file.</exception>
    public static PngCharacteristics FromPng(ReadOnlySpan<byte> png)
    {
        ReadOnlySpan<byte> beginning = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, (byte)'I', (byte)'H', (byte)'D', (byte)'R'];
        if (png.Length < 33 || !png.StartsWith(beginning))
        {
            throw new ArgumentException("The bytes are not a PNG file.", nameof(png));
        }

        var header = png[16..];
        return new PngCharacteristics
        {
            Width = BinaryPrimitives.ReadUInt32BigEndian(header),
            Height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]),
            BitDepth = header[8],
            ColorType = header[9],
            Compression = header[10],
            Filter = header[11],
            Interlace = header[12],
        };
    }

    internal static PngCharacteristics Read(JsonElement element, UafJsonProblems problems) =>
        Read(new UafJsonObject(element, "tcDisplayPNGCharacteristics", problems));

    internal static PngCharacteristics Read(UafJsonObject members) => new()
    {
        Width = members.Number("width", uint.MaxValue),
        Height = members.Number("height", uint.MaxValue),
        BitDepth = (byte)members.Number("bitDepth", byte.MaxValue),
        ColorType = (byte)members.Number("colorType", byte.MaxValue),
        Compression = (byte)members.Number("compression", byte.MaxValue),
        Filter = (byte)members.Number("filter", byte.MaxValue),
        Interlace = (byte)members.Number("interlace", byte.MaxValue),
        Palette = members.List("plte", PngPaletteEntry.Read),
    };

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("width", Width);
        writer.WriteNumber("height", Height);
        writer.WriteNumber("bitDepth", BitDepth);
        writer.WriteNumber("colorType", ColorType);
        writer.WriteNumber("compression", Compression);
        writer.WriteNumber("filter", Filter);
        writer.WriteNumber("interlace", Interlace);
        if (Palette.Count > 0)
        {
            writer.WriteStartArray("plte");
            foreach (var entry in Palette)
            {
                entry.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }
}
