using MedId.Core;
using MedId.TestSupport;

namespace MedId.OAuth.Tests.Proofs;

public sealed class InMemoryProofReplayStoreTests
{
    private readonly ManualTimeProvider _time = new(TestProof.Now);

    [Fact]
    public async Task TryConsumeAsync_OneKey_IsTrueForExactlyOneCaller()
    {
        var store = new InMemoryProofReplayStore(time: _time);
        var answers = await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => Task.Run(async () => await store.TryConsumeAsync(Key("a")))));
        Assert.Single(answers, one => one);
        Assert.True(await store.TryConsumeAsync(Key("b")));
        Assert.True(await store.TryConsumeAsync(Key("a") with { Issuer = "dpop:another" }));
    }

    [Fact]
    public async Task TryConsumeAsync_Full_FailsClosedUntilOneEnds()
    {
        var store = new InMemoryProofReplayStore(2, _time);
        Assert.True(await store.TryConsumeAsync(Key("a")));
        Assert.True(await store.TryConsumeAsync(Key("b", 2)));
        Assert.False(await store.TryConsumeAsync(Key("c")));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.True(await store.TryConsumeAsync(Key("c", 2)));
        Assert.False(await store.TryConsumeAsync(Key("b", 2)));
    }

    private static ReplayKey Key(string id, int minutes = 1) => new("dpop:key", id, TestProof.Now.AddMinutes(minutes));
}
