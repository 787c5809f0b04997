using MedId.Ciba.Server;
using MedId.Provider;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Storage.PostgreSql.Tests;

/// <summary>A kill switch and every other setting reach the other nodes by LISTEN/NOTIFY: the clock of these nodes stands still, so no age of a cache can be the reason.</summary>
public sealed class SettingSignalsTests(PostgreSqlServer server)
{
    private static readonly TimeSpan _long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Switch_EngagedAtOneNode_StopsTheOtherBySignalAlone()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        await using var other = new Node(two);
        var deaf = new KillSwitches(Cache(two));
        Assert.False(await other.Switches.IsStoppedAsync(KillSwitchTarget.Requests, TestContext.Current.CancellationToken));
        Assert.False(await deaf.IsStoppedAsync(KillSwitchTarget.Requests, TestContext.Current.CancellationToken));

        await EngageAsync(one, engaged: true, version: 1);
        await UntilAsync(other, stopped: true);

        // Whoever does not listen still believes what it read: the other one was told.
        Assert.False(await deaf.IsStoppedAsync(KillSwitchTarget.Requests, TestContext.Current.CancellationToken));
        await EngageAsync(one, engaged: false, version: 2);
        await UntilAsync(other, stopped: false);
    }

    [Fact]
    public async Task Switch_EngagedWhileTheConnectionIsAway_StopsTheOtherWhenItIsBack()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        await using var other = new Node(two);
        Assert.False(await other.Switches.IsStoppedAsync(KillSwitchTarget.Requests, TestContext.Current.CancellationToken));

        await SchemaTests.ScalarAsync(options, $"SELECT pg_terminate_backend({two.Notified.BackendProcess})");
        await EngageAsync(one, engaged: true, version: 1);

        await UntilAsync(other, stopped: true);
    }

    [Fact]
    public async Task Message_StoredAtOneNode_WakesTheWorkerOfTheOther()
    {
        var options = server.NewStore();
        await using var one = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        await using var two = await PostgreSqlProviderStore.OpenAsync(options, TestContext.Current.CancellationToken);
        using var waiting = two.Signals.Subscribe(ChangeTopics.Outbox(ProviderStoreConformance.Tenant));

        await new StoreScene(one).PendingAsync();

        Assert.True(await waiting.WaitAsync(_long, TestContext.Current.CancellationToken));
    }

    private static SettingCache Cache(PostgreSqlProviderStore store) => new(store, ProviderStoreConformance.Tenant, new ManualTimeProvider(StoreScene.Now), SettingCache.LongestMaxAge);

    private static async Task EngageAsync(PostgreSqlProviderStore store, bool engaged, long version)
    {
        var line = new KillSwitch
        {
            Target = KillSwitchTarget.Requests,
            Engaged = engaged,
            At = StoreScene.Now,
            ClientId = "synthetic-console",
            OperatorId = "synthetic-operator",
            Reason = "synthetic",
            Order = "synthetic",
            Version = version,
        };
        Assert.True(await store.TryPutSettingAsync(
            new() { Tenant = ProviderStoreConformance.Tenant, Kind = SettingKinds.Switch, Id = line.Target.ToString(), Version = version, Body = KillSwitchJson.Write(line), ChangedAt = StoreScene.Now },
            new() { Event = AuditEventKind.SwitchChanged, At = StoreScene.Now, Agents = [AuditAgent.Op] },
            TestContext.Current.CancellationToken));
    }

    private static async Task UntilAsync(Node node, bool stopped)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(_long);
        while (await node.Switches.IsStoppedAsync(KillSwitchTarget.Requests, limit.Token) != stopped)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    /// <summary>What a host does with the settings: a cache, and whoever listens for it.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly CancellationTokenSource _end = new();
        private readonly Task _listening;

        public Node(PostgreSqlProviderStore store)
        {
            var cache = Cache(store);
            _listening = cache.ListenAsync(store.Signals, _end.Token);
            Switches = new(cache);
        }

        public KillSwitches Switches { get; }

        public async ValueTask DisposeAsync()
        {
            await _end.CancelAsync();
            await _listening.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _end.Dispose();
        }
    }
}
