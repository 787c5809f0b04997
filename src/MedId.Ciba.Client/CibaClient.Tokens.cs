using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>What happens to tokens: reading, refreshing, revoking.</content>
public sealed partial class CibaClient
{
    private static readonly TimeSpan MaxKeyWait = TimeSpan.FromSeconds(8);

    /// <summary>Gets new tokens without asking the patient again, where the consent allows it (RFC 6749 §6).</summary>
    /// <param name="tokens">The tokens so far, with a refresh token.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>New tokens; where the OP sends no new refresh token or ID token, the old one is carried on. <see cref="OAuthErrorCodes.InvalidGrant"/> after a withdrawal.</returns>
    /// <exception cref="ArgumentException">There is no refresh token.</exception>
    public async Task<MedIdResult<CibaTokens>> RefreshAsync(CibaTokens tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        if (tokens.RefreshToken is null)
        {
            throw new ArgumentException("These tokens cannot be refreshed.", nameof(tokens));
        }

        var metadata = await GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        var answer = await PostForTokensAsync(
            "refresh",
            metadata.Value,
            form => form.Add(OAuthParameters.GrantType, GrantTypes.RefreshToken).Add(OAuthParameters.RefreshToken, tokens.RefreshToken),
            cancellationToken).ConfigureAwait(false);
        return !answer.Succeeded ? answer.Error
            : !answer.Value.IsOk ? answer.Value.ToError("RFC 6749 §6")
            : await ReadRefreshedAsync(metadata.Value, answer.Value.Body, tokens, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Gives a token back before its end (RFC 7009).</summary>
    /// <param name="tokens">The refresh token goes when there is one, and the access token with it; else the access token.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<Unit>> RevokeAsync(CibaTokens tokens, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        var metadata = await GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        if (metadata.Value.RevocationEndpoint is not { } endpoint)
        {
            return new MedIdError(OAuthErrorCodes.EndpointMissing, ErrorCategory.Protocol, "RFC 8414 §2", "revocation_endpoint");
        }

        var form = new ClientRequest(endpoint, metadata.Value.Issuer)
            .Add(OAuthParameters.Token, tokens.RefreshToken ?? tokens.AccessToken)
            .Add(OAuthParameters.TokenTypeHint, tokens.RefreshToken is null ? TokenTypes.AccessTokenHint : TokenTypes.RefreshTokenHint);
        var answer = await _http.PostAsync("revocation", form, _credential, cancellationToken).ConfigureAwait(false);
        return !answer.Succeeded ? answer.Error : !answer.Value.IsOk ? answer.Value.ToError("RFC 7009 §2.2.1") : Unit.Value;
    }

    /// <summary>
    /// Takes tokens that the OP has pushed (CIBA Core §10.3.1), when they are what they have to be: the ID token signs for them by its signature, issuer, audience, times and the hashes of
    /// both tokens, and names this request. Nothing is kept of what is refused. The bearer was checked before (<see cref="BackchannelAuthentication.IsNotifiedBy"/>).
    /// </summary>
    /// <param name="authentication">The request that the notification names.</param>
    /// <param name="notification">Of kind <see cref="CibaNotificationKind.PushedTokens"/>.</param>
    /// <param name="cancellationToken">Ends the fetching of keys.</param>
    /// <returns>The tokens; <see cref="CibaClientErrorCodes.NotificationUnexpected"/> when this client is not registered for push.</returns>
    /// <exception cref="HttpRequestException">The OP's keys cannot be had now: let the OP push again.</exception>
    public async Task<MedIdResult<CibaTokens>> AcceptPushAsync(BackchannelAuthentication authentication, CibaNotification notification, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(authentication);
        ArgumentNullException.ThrowIfNull(notification);
        if (DeliveryMode != TokenDeliveryMode.Push || notification.Tokens is not { } pushed)
        {
            return new MedIdError(CibaClientErrorCodes.NotificationUnexpected, ErrorCategory.Protocol, "CIBA Core §5");
        }

        // §10.3: the body, the ID token and the request say the same id.
        if (!SecretDigest.FixedTimeEquals(notification.AuthReqId, authentication.AuthReqId))
        {
            return new MedIdError(CibaClientErrorCodes.AuthReqIdMismatch, ErrorCategory.Untrusted, "CIBA Core §10.3.1");
        }

        var metadata = await GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        return !metadata.Succeeded ? metadata.Error : await JudgeAsync(metadata.Value, pushed, authentication, isPushed: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MedIdResult<CibaTokens>> ReadTokensAsync(
        AuthorizationServerMetadata metadata, ReadOnlyMemory<byte> body, BackchannelAuthentication authentication, CancellationToken cancellationToken)
    {
        var parsed = TokenResponse.Parse(body, boundByDpop: _proofs is not null);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        // The request is redeemed: what cannot be verified for want of a new key is not asked for again, but verified again.
        for (var wait = TimeSpan.FromSeconds(1); ; wait *= 2)
        {
            try
            {
                return await JudgeAsync(metadata, parsed.Value, authentication, isPushed: false, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is HttpRequestException or TimeoutException)
            {
                if (wait > MaxKeyWait)
                {
                    return new MedIdError(CibaClientErrorCodes.KeysUnreachable, ErrorCategory.State, "OIDC Core §10.1.1");
                }

                await Task.Delay(wait, _time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<MedIdResult<CibaTokens>> JudgeAsync(
        AuthorizationServerMetadata metadata, TokenResponse response, BackchannelAuthentication authentication, bool isPushed, CancellationToken cancellationToken)
    {
        // OIDC Core §3.1.3.3: the ID token is part of the answer.
        if (response.IdToken is null)
        {
            return new MedIdError(CibaClientErrorCodes.IdTokenMissing, ErrorCategory.Protocol, "CIBA Core §10.1.1");
        }

        if (FindMismatch(response, authentication.RequestedScope) is { } mismatch)
        {
            return mismatch;
        }

        var idToken = await VerifyAsync(
            metadata,
            response,
            expected => expected with
            {
                AuthReqId = authentication.AuthReqId,
                NotIssuedBefore = authentication.SentAt,
                AcrValues = _options.RequireAcr ? authentication.AcrValues : [],
                MustSignForAll = isPushed,
            },
            cancellationToken).ConfigureAwait(false);
        return idToken.Then<CibaTokens>(verified => Tokens(response, verified, authentication.RequestedScope, null));
    }

    /// <summary>What a client can see of an answer without the ID token: that it is an access token at all (RFC 8693 §2.2.1), and that nobody granted more than was asked for (RFC 6749 §3.3).</summary>
    private MedIdError? FindMismatch(TokenResponse response, string requestedScope)
    {
        if (string.Equals(response.TokenType, TokenTypes.NotApplicable, StringComparison.OrdinalIgnoreCase))
        {
            return new(OAuthErrorCodes.TokenTypeUnsupported, ErrorCategory.Unsupported, "RFC 6749 §7.1");
        }

        var requested = requestedScope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return response.Scope is null || Array.TrueForAll(response.Scope.Split(' ', StringSplitOptions.RemoveEmptyEntries), scope => IsWithin(requested, scope))
            ? null
            : new(CibaClientErrorCodes.ScopeWidened, ErrorCategory.Policy, "RFC 6749 §3.3");
    }

    private bool IsWithin(IReadOnlyList<string> requested, string scope) =>
        requested.Contains(scope, StringComparer.Ordinal) || _options.IsWithinRequest?.Invoke(requested, scope) == true;

    private async Task<MedIdResult<CibaTokens>> ReadRefreshedAsync(
        AuthorizationServerMetadata metadata, ReadOnlyMemory<byte> body, CibaTokens before, CancellationToken cancellationToken)
    {
        var parsed = TokenResponse.Parse(body, boundByDpop: _proofs is not null);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        if (FindMismatch(parsed.Value, string.Join(' ', before.Scopes)) is { } mismatch)
        {
            return mismatch;
        }

        // OIDC Core §12.2: an ID token is optional here, and about the same subject.
        var idToken = before.IdToken;
        if (parsed.Value.IdToken is not null)
        {
            var verified = await VerifyAsync(metadata, parsed.Value, expected => expected with { Subject = before.IdToken.Subject, AuthTime = before.IdToken.AuthTime }, cancellationToken).ConfigureAwait(false);
            if (!verified.Succeeded)
            {
                return verified.Error;
            }

            idToken = verified.Value;
        }

        return Tokens(parsed.Value, idToken, string.Join(' ', before.Scopes), before);
    }

    private ValueTask<MedIdResult<IdToken>> VerifyAsync(
        AuthorizationServerMetadata metadata, TokenResponse response, Func<IdTokenExpectations, IdTokenExpectations> refine, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        return _keys.VerifyAsync(
            metadata.JwksUri,
            keys => IdTokenVerifier.Verify(response.IdToken!, refine(new IdTokenExpectations
            {
                Keys = keys,
                Algorithms = _algorithms.For(SignatureUse.IdToken, now),
                Issuer = metadata.Issuer,
                ClientId = _credential.ClientId,
                Now = now,
                AccessToken = response.AccessToken,
                RefreshToken = response.RefreshToken,
                Encryption = _options.IdTokenEncryption,
                ClockSkew = _options.ClockSkew,
                CertificateThumbprint = _options.CertificateThumbprint,
                KeyThumbprint = _proofs?.KeyThumbprint,
            })),
            cancellationToken);
    }

    private CibaTokens Tokens(TokenResponse response, IdToken idToken, string scopeWhenAbsent, CibaTokens? before) => new()
    {
        AccessToken = response.AccessToken,
        TokenType = response.TokenType,
        ExpiresAt = response.ExpiresIn is { } lifetime ? _time.GetUtcNow() + lifetime : null,
        Scopes = (response.Scope ?? scopeWhenAbsent).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Patient = response.Patient ?? before?.Patient,
        RefreshToken = response.RefreshToken ?? before?.RefreshToken,
        IdToken = idToken,
    };
}
