namespace MedId.OAuth;

/// <summary><c>client_secret_post</c> (RFC 6749 §2.3.1): id and secret as parameters of the form. Prefer any other method: forms end up in more places than headers.</summary>
public sealed class ClientSecretPostCredential : IClientCredential
{
    private readonly string _secret;

    /// <summary>A credential.</summary>
    /// <param name="clientId">The client id at the server.</param>
    /// <param name="clientSecret">The secret; kept in the clear in memory, never shown.</param>
    public ClientSecretPostCredential(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ClientId = clientId;
        _secret = clientSecret;
    }

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <inheritdoc/>
    public ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Add(OAuthParameters.ClientId, ClientId).Add(OAuthParameters.ClientSecret, _secret);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => "client_secret_post of " + ClientId;
}
