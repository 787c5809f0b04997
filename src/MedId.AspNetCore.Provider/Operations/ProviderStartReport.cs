using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Says once, when the OP has started, what is on and what is off: so that nobody finds out by a patient.</summary>
internal sealed class ProviderStartReport(IServiceProvider services, ILogger<ProviderLog> log) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var options = services.GetRequiredService<ProviderOptions>();
        var (on, off) = Split(Features(options));
        Log.Started(log, options.Issuer, options.Tenant.Value, services.GetRequiredService<IProviderStore>().Durability, on, off);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static (string On, string Off) Split(IReadOnlyList<(string Name, bool IsOn)> features) =>
        (string.Join(", ", features.Where(static one => one.IsOn).Select(static one => one.Name)), string.Join(", ", features.Where(static one => !one.IsOn).Select(static one => one.Name)));

    private IReadOnlyList<(string Name, bool IsOn)> Features(ProviderOptions options)
    {
        var server = services.GetRequiredService<OAuthServerOptions>();
        var administration = services.GetService<AdministrationOptions>();
        return
        [
            ("uaf", options.UsesUaf),
            ("passkeys", options.Passkeys is not null),
            ("card terminals", options.Terminals.Count > 0),
            ("doctors' cards", services.GetService<HpkiPractitioners>() is not null),
            ("pre-registered consent", services.GetService<PreRegisteredOptions>() is not null),
            ("break-glass", services.GetService<BreakGlassOptions>() is not null),
            ("consents beforehand", options.StandingConsents is not null),
            ("one-time codes", options.OneTimeCodes is not null),
            ("consent desks", options.ConsentDesks is not null),
            ("proxies", options.Proxies is not null),
            ("artefacts", options.Artefacts is not null),
            ("time-stamped history", !options.WithoutTimestampedHistory),
            ("laws", options.Laws is { OffBecause: null }),
            ("login hint tokens", services.GetService<ILoginHintTokenVerifier>() is not null),
            ("administration", administration is not null),
            ("administration on public paths", administration?.OnPublicPaths == true),
            ("four eyes", administration?.FourEyes == true),
            ("stored signing keys", services.GetService<SettingKeyRing>() is not null),
            ("rotation by age", services.GetService<KeyRotationOptions>()?.Age is not null),
            ("http on loopback", server.AllowHttpOnLoopback),
        ];
    }
}
