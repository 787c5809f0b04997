namespace MedId.Fido.Metadata;

/// <summary>How hard a drawn pattern is to guess: <c>PatternAccuracyDescriptor</c>. FIDO metadata statement §3.4.</summary>
/// <param name="MinComplexity"><c>minComplexity</c>: the number of possible patterns.</param>
/// <param name="MaxRetries"><c>maxRetries</c>: false attempts before the method is blocked; 0 for never. Null when not stated.</param>
/// <param name="BlockSlowdown"><c>blockSlowdown</c>: seconds to wait after a block; 0 for for ever. Null when not stated.</param>
public sealed record PatternAccuracy(uint MinComplexity, ushort? MaxRetries, ushort? BlockSlowdown);
