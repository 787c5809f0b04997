using System.Collections.Frozen;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Clients that stand in the configuration.</summary>
public sealed class ConfiguredClients : IClientStore
{
    private readonly FrozenDictionary<(TenantId Tenant, string ClientId), ClientRegistration> _clients;

    /// <summary>Takes the clients.</summary>
    /// <param name="clients">Each id once in its tenant.</param>
    /// <exception cref="ArgumentException">An id twice.</exception>
    public ConfiguredClients(params IEnumerable<ClientRegistration> clients)
    {
        ArgumentNullException.ThrowIfNull(clients);
        var all = clients.ToList();
        _clients = all.DistinctBy(c => (c.Tenant, c.ClientId)).ToFrozenDictionary(c => (c.Tenant, c.ClientId));
        if (_clients.Count != all.Count)
        {
            throw new ArgumentException("A client id stands for one client.", nameof(clients));
        }
    }

    /// <inheritdoc/>
    public ValueTask<ClientRegistration?> FindClientAsync(TenantId tenant, string clientId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(_clients.GetValueOrDefault((tenant, clientId)));
}
