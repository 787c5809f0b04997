using System.Text;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary><c>client_secret_jwt</c> (OIDC Core §9): an assertion of its own for each request, made with the secret, which is never sent itself.</summary>
public sealed class ClientSecretJwtCredential : IClientCredential
{
    private readonly byte[] _secret;
    private readonly HmacAlgorithm _algorithm;
    private readonly TimeProvider _time;

    /// <summary>A credential.</summary>
    /// <param name="clientId">The client id at the server.</param>
    /// <param name="clientSecret">The secret, whose bytes in UTF-8 are the key (OIDC Core §10.1); kept in the clear in memory, never shown.</param>
    /// <param name="algorithm">The algorithm that was registered; HS256 when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">The secret is shorter than the algorithm's hash (RFC 7518 §3.2).</exception>
    public ClientSecretJwtCredential(string clientId, string clientSecret, HmacAlgorithm? algorithm = null, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(clientSecret);
        ClientId = clientId;
        _algorithm = algorithm ?? HmacAlgorithm.HS256;
        _secret = Encoding.UTF8.GetBytes(clientSecret);
        _time = time ?? TimeProvider.System;
        if (!_algorithm.Supports(_secret))
        {
            throw new ArgumentException($"A secret for {_algorithm} has {_algorithm.MinimumKeyLength} bytes or more (RFC 7518 §3.2).", nameof(clientSecret));
        }
    }

    /// <summary>How long an assertion is good for.</summary>
    public static TimeSpan Lifetime => AssertionClaims.Lifetime;

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <inheritdoc/>
    public ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var assertion = JwtSigner.Sign(_algorithm, _secret, "JWT", AssertionClaims.Of(ClientId, request.Issuer, _time.GetUtcNow()));
        request.Add(OAuthParameters.ClientAssertionType, TokenTypes.JwtBearerAssertion).Add(OAuthParameters.ClientAssertion, assertion);
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override string ToString() => $"client_secret_jwt of {ClientId} by {_algorithm}";
}
