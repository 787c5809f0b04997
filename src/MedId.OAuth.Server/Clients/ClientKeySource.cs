using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Keys as they were registered: <c>jwks</c> as it stands, <c>jwks_uri</c> fetched and kept by a <see cref="JwksClient"/>.</summary>
public sealed class ClientKeySource : IClientKeySource
{
    private readonly JwksClient? _fetch;

    /// <summary>Takes the fetcher.</summary>
    /// <param name="fetch">For clients with <c>jwks_uri</c>; null when all register <c>jwks</c>.</param>
    public ClientKeySource(JwksClient? fetch = null) => _fetch = fetch;

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">The client has a <c>jwks_uri</c> and there is nothing to fetch it with.</exception>
    public ValueTask<MedIdResult<T>> VerifyAsync<T>(ClientRegistration client, Func<JsonWebKeySet, MedIdResult<T>> verify, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(verify);
        if (client.Metadata.JwksUri is not { } url)
        {
            return ValueTask.FromResult(verify(client.Metadata.Jwks ?? JsonWebKeySet.Empty));
        }

        return _fetch is null
            ? throw new InvalidOperationException($"The client {client.ClientId} registered jwks_uri: give {nameof(ClientKeySource)} a {nameof(JwksClient)}.")
            : _fetch.VerifyAsync(url, verify, cancellationToken);
    }
}
