namespace MedId.Signatures;

/// <summary>How far from genTime the time-stamp may have been made (RFC 3161 §2.4.2); parts that are not stated are zero.</summary>
/// <param name="Seconds">Seconds, not negative.</param>
/// <param name="Milliseconds">1 to 999, or 0 when not stated.</param>
/// <param name="Microseconds">1 to 999, or 0 when not stated.</param>
public sealed record TimestampAccuracy(int Seconds, int Milliseconds, int Microseconds)
{
    /// <summary>The three together.</summary>
    public TimeSpan Span => TimeSpan.FromTicks((Seconds * TimeSpan.TicksPerSecond) + (Milliseconds * TimeSpan.TicksPerMillisecond) + (Microseconds * TimeSpan.TicksPerMicrosecond));
}
