namespace MedId.Benchmarks;

/// <summary>What the peer needs for one operation.</summary>
/// <param name="Name">The peer and what it runs on.</param>
/// <param name="Microseconds">Processor time of all its threads.</param>
/// <param name="WallMicroseconds">Time of the clock, one operation after the other.</param>
/// <param name="Absent">Why there is no figure; null where there is one.</param>
internal sealed record PeerResult(string Name, double Microseconds, double WallMicroseconds, string? Absent)
{
    public static PeerResult Missing(string why) => new("@simplewebauthn/server", 0, 0, why);
}
