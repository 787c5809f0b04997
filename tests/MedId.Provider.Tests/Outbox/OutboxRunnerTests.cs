using System.Diagnostics.Metrics;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.Provider.Tests;

public class OutboxRunnerTests : IOutboxHandler, IOutboxObserver
{
    private readonly InMemoryProviderStore _store = new();
    private readonly ManualTimeProvider _time = new(ProviderWorld.Start);
    private readonly ProviderOptions _options = new();
    private readonly List<string> _handled = [];
    private readonly List<(string Kind, string Code)> _givenUp = [];
    private readonly List<(string Kind, string Failure)> _failed = [];
    private Func<OutboxMessage, CancellationToken, ValueTask<OutboxOutcome>> _handle = (_, _) => ValueTask.FromResult(OutboxOutcome.Done);

    public string Kind => "synthetic";

    [Fact]
    public async Task Run_HandlerThrows_IsTriedAgainWithDoublingPauses()
    {
        _options.Outbox.Jitter = 0;
        _handle = (_, _) => throw new InvalidOperationException("synthetic");
        await AddAsync("one");
        Assert.Equal(1, await Runner().RunOnceAsync());
        foreach (var pause in (int[])[2, 4, 8, 16])
        {
            _time.Advance(TimeSpan.FromSeconds(pause) - TimeSpan.FromTicks(1));
            Assert.Equal(0, await Runner().RunOnceAsync());
            _time.Advance(TimeSpan.FromTicks(1));
            Assert.Equal(1, await Runner().RunOnceAsync());
        }

        Assert.Equal(5, _handled.Count);
    }

    [Fact]
    public void Backoff_SameSeed_GivesTheSamePausesWithinTheJitter()
    {
        var options = new OutboxOptions { JitterSeed = 7 };
        var (one, two) = (new OutboxBackoff(options), new OutboxBackoff(options));
        var pauses = Enumerable.Range(1, 40).Select(one.After).ToList();
        Assert.Equal(pauses, Enumerable.Range(1, 40).Select(two.After));
        Assert.All(pauses.Take(5).Select((pause, index) => (pause, Middle: TimeSpan.FromSeconds(2 << index))), pair => Assert.InRange(pair.pause, pair.Middle * 0.8, pair.Middle * 1.2));
        Assert.All(pauses.Skip(20), pause => Assert.InRange(pause, TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6)));
        Assert.True(pauses.Skip(20).Distinct().Count() > 1);
        var random = new OutboxBackoff(new OutboxOptions());
        Assert.True(Enumerable.Range(0, 20).Select(_ => random.After(1)).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Run_GivenUp_IsCountedAndHeardWithItsCodeOnly()
    {
        var counted = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == OutboxTelemetry.MeterName)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var line = string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            if (line.Contains(Kind, StringComparison.Ordinal))
            {
                lock (counted)
                {
                    counted.Add(line);
                }
            }
        });
        listener.Start();
        _handle = (_, _) => ValueTask.FromResult(OutboxOutcome.GiveUp("synthetic.code"));
        await AddAsync("one");
        await Runner().RunOnceAsync();
        Assert.Equal([(Kind, "synthetic.code")], _givenUp);
        Assert.Equal(["kind=synthetic outcome=given_up error.code=synthetic.code"], counted);
        Assert.True(await AddAsync("one"));
    }

    [Fact]
    public async Task Run_NextAttemptTooLate_IsGivenUpAsExpired()
    {
        _handle = (message, _) => ValueTask.FromResult(OutboxOutcome.Again(message.ExpiresAt));
        await AddAsync("one");
        await Runner().RunOnceAsync();
        Assert.Equal([(Kind, ProviderErrorCodes.OutboxExpired)], _givenUp);
    }

    [Fact]
    public async Task Run_Stopped_EndsWhatIsBeingToldAndGivesTheRestBack()
    {
        _options.Outbox.Parallel = 1;
        using var stop = new CancellationTokenSource();
        _handle = async (_, token) =>
        {
            await stop.CancelAsync();

            // What is being told is not broken off.
            Assert.False(token.IsCancellationRequested);
            return OutboxOutcome.Done;
        };
        foreach (var id in (string[])["one", "two", "three"])
        {
            await AddAsync(id);
        }

        await Runner().RunOnceAsync(stop.Token);
        Assert.Single(_handled);
        _handle = (_, _) => ValueTask.FromResult(OutboxOutcome.Done);
        Assert.Equal(2, await Runner().RunOnceAsync());
        Assert.Equal(3, _handled.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Run_HandlerThatHangs_IsBrokenOffBeforeItsLeaseIsOver()
    {
        _handle = async (_, token) =>
        {
            _time.Advance(TimeSpan.FromSeconds(58));
            await Task.Delay(Timeout.Infinite, token);
            return OutboxOutcome.Done;
        };
        await AddAsync("one");
        Assert.Equal(1, await Runner().RunOnceAsync());
        Assert.Single(_handled);
    }

    [Fact]
    public async Task Run_LeaseIsOverBeforeItsTurn_IsGivenBackAndTakenAfresh()
    {
        _options.Outbox.Parallel = 1;
        var left = new List<TimeSpan>();
        _handle = (message, _) =>
        {
            left.Add(message.DueAt - _time.GetUtcNow());
            _time.Advance(TimeSpan.FromSeconds(58));
            return ValueTask.FromResult(OutboxOutcome.Done);
        };
        await AddAsync("one");
        await AddAsync("two");
        Assert.Equal(2, await Runner().RunOnceAsync());
        Assert.Equal(["one"], _handled);
        Assert.Equal(1, await Runner().RunOnceAsync());
        Assert.Equal(["one", "two"], _handled);
        Assert.Equal([TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)], left);
    }

    [Fact]
    public async Task Run_HandlerThatWaitedForItsTurn_IsBrokenOffBeforeItsLeaseIsOver()
    {
        _options.Outbox.Parallel = 1;
        _handle = async (message, token) =>
        {
            _time.Advance(TimeSpan.FromSeconds(29));
            if (message.Id == "two")
            {
                await Task.Delay(Timeout.Infinite, token);
            }

            return OutboxOutcome.Done;
        };
        await AddAsync("one");
        await AddAsync("two");
        Assert.Equal(2, await Runner().RunOnceAsync());
        Assert.Equal(["one", "two"], _handled);
    }

    [Fact]
    public async Task FirstAttempt_ChannelThatHangs_IsBrokenOffBeforeItsLeaseIsOverAndPutBack()
    {
        await AddAsync("one");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new FirstAttempts(_store, _options, _time).TryAsync(
            "one",
            async (_, token) =>
            {
                _time.Advance(TimeSpan.FromSeconds(58));
                await Task.Delay(Timeout.Infinite, token);
                return new(OutboxOutcome.Done);
            },
            TestContext.Current.CancellationToken));
        Assert.Equal(1, await Runner().RunOnceAsync());
    }

    [Fact]
    public async Task Run_HandlerThrows_IsHeardByItsTypeAndNotByItsWords()
    {
        _handle = (_, _) => throw new IOException("a secret of the exception");
        await AddAsync("one");
        await Runner().RunOnceAsync();
        Assert.Equal([(Kind, nameof(IOException))], _failed);
        Assert.Empty(_givenUp);
    }

    [Fact]
    public async Task GiveUpExpired_NobodyTookItInTime_IsHeardOnceByWhicheverNode()
    {
        await AddAsync("one");
        await _store.AddMessageAsync(Message("other") with { Kind = "nobody-handles-it" });
        await _store.AddMessageAsync(Message("later") with { ExpiresAt = _time.GetUtcNow().AddHours(2) });
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(2, await Runner().GiveUpExpiredAsync());
        Assert.Equal(0, await Runner().GiveUpExpiredAsync());
        Assert.Equal([("nobody-handles-it", ProviderErrorCodes.OutboxExpired), (Kind, ProviderErrorCodes.OutboxExpired)], _givenUp.OrderBy(one => one.Kind, StringComparer.Ordinal));
        Assert.Equal(1, await Runner().RunOnceAsync());
        Assert.Equal(["later"], _handled);
    }

    [Fact]
    public async Task Run_KindWithoutHandler_IsLeftForOthers()
    {
        await _store.AddMessageAsync(Message("other") with { Kind = "other" });
        Assert.Equal(0, await Runner().RunOnceAsync());
        Assert.Equal(0, await new OutboxRunner(_store, _options, [], _time).RunOnceAsync());
    }

    [Fact]
    public void New_TwoHandlersOfOneKind_IsMisuse() => Assert.Throws<ArgumentException>(() => new OutboxRunner(_store, _options, [this, this], _time));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Options_OneMistake_IsNamed(string name, Action<OutboxOptions> mistake)
    {
        var options = new OutboxOptions();
        Assert.All(options.Rules(), rule => Assert.True(rule.Holds));
        mistake(options);
        Assert.Contains(name, Assert.Single(options.Rules(), rule => !rule.Holds).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, Action<OutboxOptions>> Mistakes() => new()
    {
        { "FirstPause", options => options.FirstPause = TimeSpan.Zero },
        { "LongestPause", options => options.LongestPause = TimeSpan.FromSeconds(1) },
        { "Jitter", options => options.Jitter = 1 },
        { "Lease", options => options.Lease = TimeSpan.FromSeconds(9) },
        { "Batch", options => options.Batch = 0 },
        { "Parallel", options => options.Parallel = 0 },
        { "PollInterval", options => options.PollInterval = TimeSpan.Zero },
        { "StopWithin", options => options.StopWithin = TimeSpan.FromMinutes(1) },
        { "FallbackAfter", options => options.FallbackAfter = TimeSpan.FromSeconds(1) },
        { "QuietHours", options => options.QuietHours = new() { From = new(1, 0), To = new(1, 0) } },
    };

    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        _handled.Add(message.Id);
        return await _handle(message, cancellationToken);
    }

    void IOutboxObserver.Failed(OutboxMessage message, string failure) => _failed.Add((message.Kind, failure));

    void IOutboxObserver.GaveUp(OutboxMessage message, string code) => _givenUp.Add((message.Kind, code));

    private ValueTask<bool> AddAsync(string id) => _store.AddMessageAsync(Message(id));

    private OutboxMessage Message(string id) =>
        new() { Tenant = TenantId.Single, Id = id, Kind = Kind, Subject = id, DueAt = _time.GetUtcNow(), ExpiresAt = _time.GetUtcNow().AddHours(1) };

    private OutboxRunner Runner() => new(_store, _options, [this], _time, [this]);
}
