using System.Text.Json;

namespace MedId.Fido.Uaf;

/// <summary>One colour of a PNG palette: <c>rgbPaletteEntry</c>. UAF 1.1 protocol §3.1.</summary>
/// <param name="Red">Red.</param>
/// <param name="Green">Green.</param>
/// <param name="Blue">Blue.</param>
public readonly record struct PngPaletteEntry(ushort Red, ushort Green, ushort Blue)
{
    internal static PngPaletteEntry Read(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "plte", problems);
        return new(
            (ushort)members.Number("r", ushort.MaxValue),
            (ushort)members.Number("g", ushort.MaxValue),
            (ushort)members.Number("b", ushort.MaxValue));
    }

    internal void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("r", Red);
        writer.WriteNumber("g", Green);
        writer.WriteNumber("b", Blue);
        writer.WriteEndObject();
    }
}
