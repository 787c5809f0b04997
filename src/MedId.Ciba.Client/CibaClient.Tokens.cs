using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>What happens to tokens: reading, refreshing, revoking.</content>
public sealed partial class CibaClient
{
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

        var metadata = await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        var form = new ClientRequest(metadata.Value.TokenEndpoint, metadata.Value.Issuer)
            .Add(OAuthParameters.GrantType, GrantTypes.RefreshToken)
            .Add(OAuthParameters.RefreshToken, tokens.RefreshToken);
        var answer = await _http.PostAsync("refresh", form, _credential, cancellationToken).ConfigureAwait(false);
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
        var metadata = await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
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

    private async Task<MedIdResult<CibaTokens>> ReadTokensAsync(
        AuthorizationServerMetadata metadata, ReadOnlyMemory<byte> body, BackchannelAuthentication authentication, CancellationToken cancellationToken)
    {
        var parsed = TokenResponse.Parse(body);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        // OIDC Core §3.1.3.3: the ID token is part of the answer.
        if (parsed.Value.IdToken is null)
        {
            return new MedIdError(CibaClientErrorCodes.IdTokenMissing, ErrorCategory.Protocol, "CIBA Core §10.1.1");
        }

        var idToken = await VerifyAsync(
            metadata,
            parsed.Value,
            expected => expected with
            {
                AuthReqId = authentication.AuthReqId,
                NotIssuedBefore = authentication.SentAt,
                AcrValues = _options.RequireAcr ? authentication.AcrValues : [],
            },
            cancellationToken).ConfigureAwait(false);
        return idToken.Then<CibaTokens>(verified => Tokens(parsed.Value, verified, authentication.RequestedScope, null));
    }

    private async Task<MedIdResult<CibaTokens>> ReadRefreshedAsync(
        AuthorizationServerMetadata metadata, ReadOnlyMemory<byte> body, CibaTokens before, CancellationToken cancellationToken)
    {
        var parsed = TokenResponse.Parse(body);
        if (!parsed.Succeeded)
        {
            return parsed.Error;
        }

        // OIDC Core §12.2: an ID token is optional here, and about the same subject.
        var idToken = before.IdToken;
        if (parsed.Value.IdToken is not null)
        {
            var verified = await VerifyAsync(metadata, parsed.Value, expected => expected with { Subject = before.IdToken.Subject }, cancellationToken).ConfigureAwait(false);
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
                Algorithms = _options.Algorithms.For(SignatureUse.IdToken, now),
                Issuer = metadata.Issuer,
                ClientId = _credential.ClientId,
                Now = now,
                AccessToken = response.AccessToken,
                RefreshToken = response.RefreshToken,
                ClockSkew = _options.ClockSkew,
            })),
            cancellationToken);
    }

    private CibaTokens Tokens(TokenResponse response, IdToken idToken, string scopeWhenAbsent, CibaTokens? before) => new()
    {
        AccessToken = response.AccessToken,
        ExpiresAt = response.ExpiresIn is { } lifetime ? _time.GetUtcNow() + lifetime : null,
        Scopes = (response.Scope ?? scopeWhenAbsent).Split(' ', StringSplitOptions.RemoveEmptyEntries),
        Patient = response.Patient ?? before?.Patient,
        RefreshToken = response.RefreshToken ?? before?.RefreshToken,
        IdToken = idToken,
    };
}
