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

    /// <summary>The characteristics of a PNG file, which is looked through to its end: checksums, order of chunks, and that it unpacks to what its header says.</summary>
    /// <param name="png">The file.</param>
    /// <exception cref="ArgumentException">Not a whole PNG file, more than 4096 pixels on a side, or more than 4 MiB unpacked.</exception>
    public static PngCharacteristics FromPng(ReadOnlySpan<byte> png) =>
        PngFile.Read(png, out var problem) ?? throw new ArgumentException($"The bytes are not a PNG file that is sent: {problem}.", nameof(png));

    /// <summary>Whether a picture fits a display: every value of the header is the display's, and so is the palette where the display has one.</summary>
    /// <param name="display">What a display shows, as its metadata or registration says.</param>
    public bool Fits(PngCharacteristics display)
    {
        ArgumentNullException.ThrowIfNull(display);
        return this with { Palette = [] } == display with { Palette = [] } && (display.Palette.Count == 0 || display.Palette.SequenceEqual(Palette));
    }

    /// <summary>Whether the values may stand together. PNG §11.2.2.</summary>
    internal bool IsLegal => Width is > 0 and <= int.MaxValue && Height is > 0 and <= int.MaxValue && Compression == 0 && Filter == 0 && Interlace <= 1
        && (ColorType, BitDepth) is (0, 1 or 2 or 4 or 8 or 16) or (3, 1 or 2 or 4 or 8) or (2 or 4 or 6, 8 or 16);

    /// <summary>Bytes of the picture before packing: each row with its filter byte, in seven passes when interlaced. PNG §7.2, §8.2.</summary>
    internal long UnpackedBytes
    {
        get
        {
            if (Interlace == 0)
            {
                return Rows(Width, Height);
            }

            (int X, int Y, int StepX, int StepY)[] passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
            return passes.Sum(pass => Rows((Width - pass.X + pass.StepX - 1) / pass.StepX, (Height - pass.Y + pass.StepY - 1) / pass.StepY));
        }
    }

    private long Rows(long width, long height)
    {
        var samples = ColorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        return width <= 0 || height <= 0 ? 0 : height * (1 + (((width * samples * BitDepth) + 7) / 8));
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
