namespace MedId.Testing;

/// <summary>What becomes of new requests, and after which time.</summary>
internal sealed record LabPolicy(LabMode Mode, TimeSpan Delay)
{
    public static LabPolicy Initial { get; } = new(LabMode.Pending, TimeSpan.Zero);
}
