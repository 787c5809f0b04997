using MedId.Ciba.Server;
using MedId.TestSupport;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What runs beside the requests: what fails is named for what it is, and goes on.</summary>
public class PeriodicWorkTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_Fails_IsNamedAndDoneAgainAfterThePause(bool atOnce)
    {
        var (time, log) = (new ManualTimeProvider(OpWorld.Start), new VerbatimLog());
        using var factory = LoggerFactory.Create(logging => logging.AddProvider(log));
        using var work = new Synthetic(atOnce, time, factory.CreateLogger<ProviderLog>());
        await work.StartAsync(TestContext.Current.CancellationToken);

        for (var done = 1; done <= 3; done++)
        {
            while (!await work.Done.WaitAsync(TimeSpan.FromMilliseconds(20), TestContext.Current.CancellationToken))
            {
                time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        await work.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(3, work.Begun);
        Assert.Contains(log.Lines, line => line.Contains("the synthetic work failed: IOException", StringComparison.Ordinal));
        Assert.DoesNotContain(log.Lines, line => line.Contains("sweep", StringComparison.Ordinal) || line.Contains("a secret of the exception", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Work_OfThisOpIsNone_Ends()
    {
        using var work = new Synthetic(atOnce: true, new ManualTimeProvider(OpWorld.Start), LoggerFactory.Create(static _ => { }).CreateLogger<ProviderLog>()) { HasNone = true };
        await work.StartAsync(TestContext.Current.CancellationToken);
        await work.ExecuteTask!.WaitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, work.Begun);
    }

    [Fact]
    public async Task Receipts_StoreFails_IsNotCalledASweep()
    {
        await using var world = await OpWorld.StartAsync(new()
        {
            Timestamps = new LabTimestamps(),
            Before = (verb, _) =>
            {
                if (verb == nameof(MedId.Provider.IProviderStore.ListDueReceiptsAsync))
                {
                    throw new InvalidOperationException("synthetic failure");
                }
            },
        });
        for (var tries = 0; !world.Log.Lines.Any(line => line.Contains("stamping histories failed: InvalidOperationException", StringComparison.Ordinal)); tries++)
        {
            Assert.True(tries < 2000, "it never happened");
            world.Time.Advance(TimeSpan.FromSeconds(15));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.DoesNotContain(world.Log.Lines, line => line.Contains("the sweep failed", StringComparison.Ordinal));
    }

    [Fact]
    public void Add_SignalsOfTheStore_AreNoServiceThatTheContainerWouldDispose()
    {
        var services = new ServiceCollection();
        services.AddMedIdProvider(static _ => { });
        Assert.DoesNotContain(services, service => service.ServiceType == typeof(IChangeSignals));
        Assert.Contains(services, service => service.ServiceType == typeof(HeldPolls));
    }

    [Fact]
    public async Task Sweep_MessageThatExpiredUntold_LeavesALine()
    {
        await using var world = await OpWorld.StartAsync();
        var now = world.Time.GetUtcNow();
        await world.Store.AddMessageAsync(new() { Tenant = Core.TenantId.Single, Id = "synthetic:1", Kind = "synthetic", Subject = "1", DueAt = now, ExpiresAt = now.AddMinutes(1) });
        for (var tries = 0; !world.Log.Lines.Any(line => line.Contains("synthetic message given up after 0 attempts: provider.outbox_expired", StringComparison.Ordinal)); tries++)
        {
            Assert.True(tries < 2000, "it never happened");
            world.Time.Advance(TimeSpan.FromMinutes(5));
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }

    private sealed class Synthetic(bool atOnce, TimeProvider time, ILogger<ProviderLog> log) : PeriodicWork("the synthetic work", TimeSpan.FromSeconds(5), time, log)
    {
        public SemaphoreSlim Done { get; } = new(0);

        public int Begun { get; private set; }

        public bool HasNone { get; init; }

        protected override bool AtOnce => atOnce;

        protected override Func<CancellationToken, ValueTask>? Prepare() => HasNone ? null : _ =>
        {
            Begun++;
            Done.Release();
            throw new IOException("a secret of the exception");
        };

        public override void Dispose()
        {
            Done.Dispose();
            base.Dispose();
        }
    }
}
