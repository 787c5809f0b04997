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
    public async ValueTask<MedIdResult<T>> VerifyAsync<T>(ClientRegistration client, Func<JsonWebKeySet, MedIdResult<T>> verify, CancellationToken cancellationToken = default)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(verify);
        if (client.Metadata.JwksUri is not { } url)
        {
            return verify(client.Metadata.Jwks ?? JsonWebKeySet.Empty);
        }

        if (_fetch is null)
        {
            throw new InvalidOperationException($"The client {client.ClientId} registered jwks_uri: give {nameof(ClientKeySource)} a {nameof(JwksClient)}.");
        }

        try
        {
            return await _fetch.VerifyAsync(url, verify, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception unreachable) when (unreachable is HttpRequestException or TimeoutException)
        {
            // The client's own server is down: that is no failure of this one, and says to nobody else that there is such a client.
            return new MedIdError(OAuthServerErrorCodes.ClientKeysUnavailable, ErrorCategory.State, "RFC 7517 §5", unreachable.GetType().Name);
        }
    }
}
