using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Writes reads into the history of their consents, before the resource server is told that it may read.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
public sealed class IntrospectionReads(IProviderStore store, ProviderOptions options) : IIntrospectionLog
{
    /// <inheritdoc/>
    public async ValueTask RecordAsync(TenantId tenant, AccessToken token, string resourceServer, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        await store.NoteReadAsync(tenant, token.GrantId, resourceServer, at, options.ReadsToldApart, cancellationToken).ConfigureAwait(false);
    }
}
