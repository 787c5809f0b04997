using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace MedId.OAuth;

/// <summary><c>client_secret_basic</c> (RFC 6749 §2.3.1): id and secret, each form-encoded, in HTTP Basic.</summary>
public sealed class ClientSecretBasicCredential : IClientCredential
{
    private readonly AuthenticationHeaderValue _header;

    /// <summary>A credential.</summary>
    /// <param name="clientId">The client id at the server.</param>
    /// <param name="clientSecret">The secret; kept in the clear in memory, never shown.</param>
    public ClientSecretBasicCredential(string clientId, string clientSecret)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ClientId = clientId;
        _header = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes(WebUtility.UrlEncode(clientId) + ":" + WebUtility.UrlEncode(clientSecret))));
    }

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <inheritdoc/>
    public ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.Authorization = _header;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => "client_secret_basic of " + ClientId;
}
