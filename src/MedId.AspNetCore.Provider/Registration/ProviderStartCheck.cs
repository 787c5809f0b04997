using MedId.Ciba.Server;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>Fails at start, not at the first patient: everything that is missing is named in one message, with the call that gives it.</summary>
internal sealed class ProviderStartCheck(IServiceProvider services) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        var wrong = new List<string>();
        Need<IProviderStore>("no store: call UseSqlite or UseStore.");
        Need<IClientStore>("no clients: call AddClients, or register an IClientStore.");
        Need<IKeyRingSource>("no signing keys: call AddSigningKeys, or register an IKeyRingSource.");
        Need<AccountDigests>("no digest key for hints: call AddAccountDigestKey.");
        Need<IPractitionerIssuerSource>("no doctor OP is trusted: call AddPractitionerIssuers.");
        Need<IDeviceNotifier>("no push channel: call AddPush.");
        wrong.AddRange(services.GetRequiredService<ProviderOptions>().Validate());
        var server = services.GetRequiredService<OAuthServerOptions>();
        wrong.AddRange(server.Validate());
        wrong.AddRange(services.GetRequiredService<CibaOptions>().Validate(server));
        return wrong.Count == 0
            ? Task.CompletedTask
            : throw new OptionsValidationException(nameof(ProviderOptions), typeof(ProviderOptions), wrong);

        void Need<T>(string message)
            where T : class
        {
            if (services.GetService<IServiceProviderIsService>()?.IsService(typeof(T)) != true)
            {
                wrong.Add("AddMedIdProvider: " + message);
            }
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
