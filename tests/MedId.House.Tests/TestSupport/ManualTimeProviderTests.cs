using MedId.TestSupport;

namespace MedId.House.Tests.TestSupport;

public sealed class ManualTimeProviderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void GetUtcNow_WithoutAdvance_StandsStillInUtc()
    {
        var clock = new ManualTimeProvider(Start);

        Assert.Equal(new DateTimeOffset(2026, 11, 21, 0, 0, 0, TimeSpan.Zero), clock.GetUtcNow());
        Assert.Equal(TimeSpan.Zero, clock.GetUtcNow().Offset);
    }

    [Fact]
    public async Task Advance_PastADelay_CompletesItAndNotBefore()
    {
        var clock = new ManualTimeProvider(Start);
        var delay = Task.Delay(TimeSpan.FromSeconds(5), clock, TestContext.Current.CancellationToken);

        clock.Advance(TimeSpan.FromSeconds(4.999));
        Assert.False(delay.IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(0.001));
        await delay.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
    }

    [Fact]
    public void Advance_OverSeveralPeriods_FiresEachAtItsTime()
    {
        var clock = new ManualTimeProvider(Start);
        var seen = new List<TimeSpan>();
        using var timer = clock.CreateTimer(_ => seen.Add(clock.GetUtcNow() - Start), null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));

        clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5)], seen);
    }

    [Fact]
    public void Advance_AfterDispose_FiresNothing()
    {
        var clock = new ManualTimeProvider(Start);
        var fired = 0;
        clock.CreateTimer(_ => fired++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)).Dispose();

        clock.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(0, fired);
    }

    [Fact]
    public void Advance_Backwards_IsMisuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ManualTimeProvider(Start).Advance(TimeSpan.FromTicks(-1)));
}
