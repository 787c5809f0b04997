namespace MedId.Fido.Metadata;

/// <summary>How hard a passcode is to guess: <c>CodeAccuracyDescriptor</c>. FIDO metadata statement §3.2.</summary>
/// <param name="Base"><c>base</c>: how many characters there are to choose from.</param>
/// <param name="MinLength"><c>minLength</c>: the fewest characters of a code.</param>
/// <param name="MaxRetries"><c>maxRetries</c>: false attempts before the method is blocked; 0 for never. Null when not stated.</param>
/// <param name="BlockSlowdown"><c>blockSlowdown</c>: seconds to wait after a block; 0 for for ever. Null when not stated.</param>
public sealed record CodeAccuracy(ushort Base, ushort MinLength, ushort? MaxRetries, ushort? BlockSlowdown);
