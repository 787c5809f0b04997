using System.Collections.Concurrent;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// The clients that operators registered, beside those of the configuration, which nobody registers over. Stopped, suspended and removed ones are unknown. When the settings cannot be read, nobody is found: the
/// exception passes.
/// </summary>
public sealed class RegisteredClients : IClientStore
{
    private readonly IClientStore _configured;
    private readonly SettingCache _settings;
    private readonly KillSwitches _switches;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, (long Version, RegisteredClient Client, ClientRegistration? Registration)> _read = new(StringComparer.Ordinal);

    /// <summary>Makes a store.</summary>
    /// <param name="configured">The clients of the configuration.</param>
    /// <param name="settings">The settings of the tenant.</param>
    /// <param name="switches">The kill switch.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    public RegisteredClients(IClientStore configured, SettingCache settings, KillSwitches switches, ProviderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(configured);
        _configured = configured;
        _settings = settings;
        _switches = switches;
        _options = options;
        _time = time;
    }

    /// <summary>Whether the configuration has a client of this id.</summary>
    /// <param name="clientId">The id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<bool> IsConfiguredAsync(string clientId, CancellationToken cancellationToken = default) =>
        await _configured.FindClientAsync(_options.Tenant, clientId, cancellationToken).ConfigureAwait(false) is not null;

    /// <inheritdoc/>
    public async ValueTask<ClientRegistration?> FindClientAsync(TenantId tenant, string clientId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientId);
        if (tenant != _options.Tenant || clientId.Length is 0 or > KillSwitchTarget.MaxId)
        {
            return null;
        }

        // Both are asked in any case, so that nobody tells by the time which of them knows a client.
        var configured = await _configured.FindClientAsync(tenant, clientId, cancellationToken).ConfigureAwait(false);
        var setting = await _settings.FindAsync(SettingKinds.Client, clientId, cancellationToken).ConfigureAwait(false);
        if (await _switches.IsStoppedAsync(KillSwitchTarget.Client(clientId), cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        return configured ?? (setting is null ? null : Registration(setting));
    }

    /// <summary>Whether a resource server is stopped: then what it serves is not changed, or the switch would be let go by that.</summary>
    internal ValueTask<bool> IsServerStoppedAsync(string clientId, CancellationToken cancellationToken) =>
        _switches.IsStoppedAsync(KillSwitchTarget.ResourceServer(clientId), cancellationToken);

    /// <summary>What a resource server serves, however it stands; empty when it is none, or removed.</summary>
    internal async ValueTask<IReadOnlyList<string>> ServedByAsync(string clientId, CancellationToken cancellationToken) =>
        (await _configured.FindClientAsync(_options.Tenant, clientId, cancellationToken).ConfigureAwait(false))?.ServedResources
            ?? (await _settings.FindAsync(SettingKinds.Client, clientId, cancellationToken).ConfigureAwait(false) is { } setting ? RegisteredClientJson.List(RegisteredClientJson.Read(setting).Registration, "served_resources") : []);

    /// <summary>Since when a client is registered again after it was removed; null where it never was.</summary>
    internal async ValueTask<DateTimeOffset?> AgainSinceAsync(string clientId, CancellationToken cancellationToken)
    {
        if (clientId.Length is 0 or > KillSwitchTarget.MaxId || await _settings.FindAsync(SettingKinds.Client, clientId, cancellationToken).ConfigureAwait(false) is not { } setting)
        {
            return null;
        }

        return (_read.GetValueOrDefault(setting.Id) is { Client: { } known } read && read.Version == setting.Version ? known : RegisteredClientJson.Read(setting)).AgainSince;
    }

    private ClientRegistration? Registration(Setting setting)
    {
        var (version, client, registration) = _read.GetValueOrDefault(setting.Id);
        if (version != setting.Version)
        {
            client = RegisteredClientJson.Read(setting);
            registration = client.ToRegistration(_options.Tenant, _time.GetUtcNow()).Value;
            _read[setting.Id] = (setting.Version, client, registration);
        }

        // While an old secret is still taken, its end counts.
        return client.IsSuspended ? null : client.Secrets.Any(static secret => secret.Until is not null) ? client.ToRegistration(_options.Tenant, _time.GetUtcNow()).Value : registration;
    }
}
