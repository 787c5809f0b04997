using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Has this node look again as soon as a setting was changed anywhere. While it does not run, a setting is as old as its greatest age at most.</summary>
internal sealed class SettingListener(IServiceProvider services, TimeProvider time, ILogger<ProviderLog> log)
    : PeriodicWork("listening for changed settings", TimeSpan.FromSeconds(5), time, log)
{
    protected override bool AtOnce => true;

    protected override Func<CancellationToken, ValueTask>? Prepare()
    {
        var (settings, store) = (services.GetRequiredService<SettingCache>(), services.GetRequiredService<IProviderStore>());
        return async cancellationToken => await settings.ListenAsync(store.Signals, cancellationToken).ConfigureAwait(false);
    }
}
