using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>The revocation endpoint (RFC 7009). What is unknown, ended, or another client's is answered like what was revoked: 200.</summary>
public sealed class RevocationEndpoint
{
    private readonly ClientAuthenticator _clients;
    private readonly IRefreshTokenStore _refreshTokens;
    private readonly TokenRevoker _revoker;
    private readonly AccessTokenReader _reader;
    private readonly IKeyRingSource _keys;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="clients">Authenticates.</param>
    /// <param name="refreshTokens">The refresh tokens.</param>
    /// <param name="revoked">The access tokens revoked so far.</param>
    /// <param name="keys">The keys that tokens are signed with.</param>
    /// <param name="options">Where the endpoint is.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="subjects">By which <c>sub</c> each party knows a person; null: by the account's id.</param>
    public RevocationEndpoint(
        ClientAuthenticator clients,
        IRefreshTokenStore refreshTokens,
        ITokenRevocationStore revoked,
        IKeyRingSource keys,
        OAuthServerOptions options,
        TimeProvider? time = null,
        SubjectIdentifiers? subjects = null)
    {
        _clients = clients;
        _refreshTokens = refreshTokens;
        _revoker = new(revoked, options, time);
        _reader = new(keys, revoked, options, subjects);
        _keys = keys;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Answers a revocation request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(OAuthRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // RFC 7009 §2.1: the client is authenticated first.
        var client = await _clients.AuthenticateAsync(request, _options.RevocationEndpoint, cancellationToken).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        var clientId = client.Value.ClientId;
        if (request.Form[OAuthParameters.Token] is not { } token)
        {
            var missing = new MedIdError(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, "RFC 7009 §2.1", OAuthParameters.Token);
            return OAuthAnswer.Refused(OAuthServerRefusals.Of(missing), clientId);
        }

        // §2.1: token_type_hint may be ignored where the server tells by itself what the token is. Ours differ in form: a JWT has dots.
        if (token.Contains('.', StringComparison.Ordinal))
        {
            if (await RevokeAccessTokenAsync(request.Tenant, clientId, token, cancellationToken).ConfigureAwait(false) is { } unsupported)
            {
                return OAuthAnswer.Refused(OAuthServerRefusals.Of(unsupported), clientId);
            }
        }
        else
        {
            await RevokeRefreshTokenAsync(request.Tenant, clientId, token, cancellationToken).ConfigureAwait(false);
        }

        // §2.2: 200 for tokens that were not valid too.
        return new() { Status = 200, Headers = OAuthHeaders.NoStore, ClientId = clientId };
    }

    private async ValueTask<MedIdError?> RevokeAccessTokenAsync(TenantId tenant, string clientId, string token, CancellationToken cancellationToken)
    {
        var read = await _reader.ReadAsync(tenant, token, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (read.Succeeded && string.Equals(read.Value.ClientId, clientId, StringComparison.Ordinal))
        {
            await _revoker.RevokeAsync(tenant, read.Value, cancellationToken).ConfigureAwait(false);
        }

        // §2.2.1: who sends an ID token believes that something ends. What is not ours stays unknown, and is done.
        return read.Error?.Code == CryptographyErrorCodes.JoseTypeNotAccepted && await IsOursAsync(tenant, token, cancellationToken).ConfigureAwait(false)
            ? new(OAuthServerErrorCodes.TokenTypeUnsupported, ErrorCategory.Unsupported, "RFC 7009 §2.2.1")
            : null;
    }

    private async ValueTask<bool> IsOursAsync(TenantId tenant, string token, CancellationToken cancellationToken)
    {
        var keys = (await _keys.GetKeyRingAsync(tenant, cancellationToken).ConfigureAwait(false)).Published;
        return CompactJws.Parse(token).Then(jws => jws.Verify(keys, AlgorithmRule.Only([.. keys.Keys.Select(k => k.Algorithm).OfType<SignatureAlgorithm>()]))).Succeeded;
    }

    private async ValueTask RevokeRefreshTokenAsync(TenantId tenant, string clientId, string token, CancellationToken cancellationToken)
    {
        var digest = TokenMinter.RefreshDigest(token);
        var record = await _refreshTokens.FindRefreshTokenAsync(tenant, digest, cancellationToken).ConfigureAwait(false);
        if (record is not null && await _refreshTokens.RevokeRefreshFamilyAsync(tenant, digest, clientId, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false))
        {
            // §2.1: the access tokens of the same grant too.
            await _revoker.RevokeGrantAsync(tenant, record.Grant, cancellationToken).ConfigureAwait(false);
        }
    }
}
