namespace MedId.Fido.Metadata;

/// <summary>A picture that a model's display shows: <c>DisplayPNGCharacteristicsDescriptor</c>. FIDO metadata statement §3.7.</summary>
/// <param name="Width"><c>width</c> in pixels.</param>
/// <param name="Height"><c>height</c> in pixels.</param>
/// <param name="BitDepth"><c>bitDepth</c>.</param>
/// <param name="ColorType"><c>colorType</c>.</param>
/// <param name="Compression"><c>compression</c>.</param>
/// <param name="Filter"><c>filter</c>.</param>
/// <param name="Interlace"><c>interlace</c>.</param>
/// <param name="Palette"><c>plte</c>: red, green and blue of each entry; empty when absent.</param>
public sealed record MetadataPng(
    uint Width, uint Height, byte BitDepth, byte ColorType, byte Compression, byte Filter, byte Interlace, IReadOnlyList<(ushort Red, ushort Green, ushort Blue)> Palette);
