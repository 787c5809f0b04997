using MedId.Core;
using MedId.TestSupport;

namespace MedId.Provider.Tests.Administration;

/// <summary>A switch reaches another node by its signal.</summary>
public sealed class KillSwitchSignalTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task SharedStore_OtherNodeIsSignalled_AtOnce()
    {
        // One store that both nodes hear of, as PostgreSQL is for many; the clock stands still, so age shows nothing.
        var store = new InMemoryProviderStore();
        var settings = new SettingCache(store, TenantId.Single, new ManualTimeProvider(Start), TimeSpan.FromSeconds(10));
        var switches = new KillSwitches(settings);
        using var stop = new CancellationTokenSource();
        var listening = settings.ListenAsync(store.Signals, stop.Token);
        Assert.False(await switches.IsStoppedAsync(KillSwitchTarget.Requests, stop.Token));
        var line = new KillSwitch { Target = KillSwitchTarget.Requests, Engaged = true, At = Start, ClientId = "c", OperatorId = "o", Reason = "drill", Order = "x" };
        Assert.True(await store.TryPutSettingAsync(
            new() { Tenant = TenantId.Single, Kind = SettingKinds.Switch, Id = "requests", Version = 1, Body = KillSwitchJson.Write(line), ChangedAt = Start }, null, stop.Token));

        for (var wait = 0; wait < 500 && !await switches.IsStoppedAsync(KillSwitchTarget.Requests, stop.Token); wait++)
        {
            await Task.Delay(10, stop.Token);
        }

        Assert.True(await switches.IsStoppedAsync(KillSwitchTarget.Requests, stop.Token));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => listening);
    }
}
