namespace MedId.Signatures;

/// <summary>A run of bytes of a file.</summary>
/// <param name="Offset">Where it begins, from 0.</param>
/// <param name="Length">How many bytes.</param>
public readonly record struct ByteRange(long Offset, long Length);
