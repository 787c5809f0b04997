using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The clients of this server, resource servers among them.</summary>
public interface IClientStore
{
    /// <summary>Finds a client.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="clientId">Its id, as presented; octets count.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client; null when unknown or switched off.</returns>
    ValueTask<ClientRegistration?> FindClientAsync(TenantId tenant, string clientId, CancellationToken cancellationToken = default);
}
