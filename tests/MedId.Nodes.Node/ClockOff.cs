namespace MedId.Nodes.Node;

/// <summary>The system's clock, wrong by a fixed time.</summary>
internal sealed class ClockOff(TimeSpan offset) : TimeProvider
{
    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + offset;
}
