using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary><c>private_key_jwt</c> (RFC 7523 §2.2, §3): an assertion of its own for each request, good for the issuer only and for at most 60 seconds.</summary>
public sealed class PrivateKeyJwtCredential : IClientCredential
{
    /// <summary>How long an assertion is good for.</summary>
    public static readonly TimeSpan Lifetime = AssertionClaims.Lifetime;

    private readonly SigningKey _key;
    private readonly TimeProvider _time;

    /// <summary>A credential.</summary>
    /// <param name="clientId">The client id at the server.</param>
    /// <param name="key">A key whose public half the server knows; owned by the caller.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public PrivateKeyJwtCredential(string clientId, SigningKey key, TimeProvider? time = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentNullException.ThrowIfNull(key);
        ClientId = clientId;
        _key = key;
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public string ClientId { get; }

    /// <summary>What the assertions are signed with.</summary>
    public SignatureAlgorithm Algorithm => _key.Algorithm;

    /// <inheritdoc/>
    public async ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var claims = AssertionClaims.Of(ClientId, request.Issuer, _time.GetUtcNow());
        var assertion = await JwtSigner.SignAsync(_key, "JWT", claims, cancellationToken).ConfigureAwait(false);
        request.Add(OAuthParameters.ClientAssertionType, TokenTypes.JwtBearerAssertion).Add(OAuthParameters.ClientAssertion, assertion);
    }

    /// <inheritdoc/>
    public override string ToString() => $"private_key_jwt of {ClientId} by {_key}";
}
