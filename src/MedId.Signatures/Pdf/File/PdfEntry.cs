namespace MedId.Signatures;

/// <summary>Where an object is (ISO 32000-2 §7.5.4, §7.5.8.3): at an offset of the file, or at a place of an object stream; neither: free.</summary>
/// <param name="Offset">Where in the file; −1 otherwise.</param>
/// <param name="Generation">Its generation.</param>
/// <param name="Stream">The object stream's number; 0 otherwise.</param>
/// <param name="Index">Its place in the object stream.</param>
internal readonly record struct PdfEntry(int Offset, int Generation, int Stream, int Index)
{
    public bool IsFree => Offset < 0 && Stream == 0;
}
