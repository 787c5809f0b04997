using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>The clock of the scenes: it stands, so that what is made once stays valid for a run of any length.</summary>
internal sealed class StillTime : TimeProvider
{
    /// <summary>A minute after the consents of the scenes were given.</summary>
    public static readonly DateTimeOffset Now = StoreScene.Now.AddMinutes(1);

    public static readonly StillTime Clock = new();

    public override DateTimeOffset GetUtcNow() => Now;
}
