using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Makes tokens of a grant: an access token (RFC 9068, with HEART's <c>azp</c>), an ID token (OIDC Core §2), a refresh token. Stores nothing.</summary>
public sealed class TokenMinter
{
    /// <summary>The claim that names the grant where no consent stands behind it; a name of this library, seen by this server only.</summary>
    internal const string GrantIdClaim = "grant_id";

    private const string OpenId = "openid";

    private readonly IKeyRingSource _keys;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ITokenIssueGate? _gate;
    private readonly IClientKeySource? _clientKeys;
    private readonly SubjectIdentifiers _subjects;

    /// <summary>Makes a minter.</summary>
    /// <param name="keys">The signing keys.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="gate">Is asked before tokens are made; null: nobody is.</param>
    /// <param name="clientKeys">The keys of clients whose ID tokens are encrypted; null when none are.</param>
    /// <param name="subjects">By which <c>sub</c> each party knows a person; null: by the account's id.</param>
    /// <exception cref="ArgumentException">The options do not stand.</exception>
    public TokenMinter(
        IKeyRingSource keys, OAuthServerOptions options, TimeProvider? time = null, ITokenIssueGate? gate = null, IClientKeySource? clientKeys = null, SubjectIdentifiers? subjects = null)
    {
        OAuthServerOptions.ThrowIfWrong(options);
        _keys = keys;
        _options = options;
        _time = time ?? TimeProvider.System;
        _gate = gate;
        _clientKeys = clientKeys;
        _subjects = subjects ?? SubjectIdentifiers.PublicOnly;
    }

    /// <summary>The digest under which a refresh token is stored.</summary>
    /// <param name="refreshToken">The token.</param>
    public static string RefreshDigest(string refreshToken) => SecretDigest.Compute("refresh_token", refreshToken);

    /// <summary>Makes tokens. They are worth something as soon as they exist: redeem or rotate before giving them away.</summary>
    /// <param name="issue">What of.</param>
    /// <param name="cancellationToken">Cancels; passed to a remote signing key.</param>
    /// <returns>The tokens; refused with <see cref="OAuthServerErrorCodes.GrantInactive"/> when less than a second is left of the grant, with <see cref="OAuthServerErrorCodes.SigningKeyMissing"/>, and unbound where they have to be bound.</returns>
    /// <exception cref="ArgumentException">Scopes beyond the grant, another client's grant, a grant whose id is not its consent's, or whose tokens would not live.</exception>
    public async ValueTask<MedIdResult<IssuedTokens>> IssueAsync(TokenIssue issue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issue);
        var (grant, client) = (issue.Grant, issue.Client);
        var scopes = issue.Scopes ?? grant.Scopes;
        if (scopes.Any(s => !grant.Scopes.Contains(s, StringComparer.Ordinal)) || grant.ClientId != client.ClientId || grant.Tenant != client.Tenant
            || (grant.ConsentId is not null && grant.ConsentId != grant.Id) || grant.AccessTokenLifetime <= TimeSpan.Zero)
        {
            throw new ArgumentException("Tokens are made of the client's own grant, within its scopes and its life, and a grant's id is its consent's.", nameof(issue));
        }

        // Whatever way leads here, no token leaves unbound that has to be bound.
        if (SenderConstraints.RefuseUnbound(client.Metadata, issue.Confirmation, _options) is { } unbound)
        {
            return unbound;
        }

        if (await RefuseAsync(issue, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            return stopped;
        }

        // Tokens count in whole seconds: they begin at the second that runs, and end no later than the grant.
        var now = DateTimeOffset.FromUnixTimeSeconds(_time.GetUtcNow().ToUnixTimeSeconds());
        var end = DateTimeOffset.FromUnixTimeSeconds(grant.ExpiresAt.ToUnixTimeSeconds());
        if (end <= now)
        {
            return new MedIdError(OAuthServerErrorCodes.GrantInactive, ErrorCategory.State, "RFC 6749 §5.2", "the grant has ended");
        }

        // What a registration asks for may have gone since: a key was retired, the subjects' key was taken away. Nothing is used up by that.
        var ring = await _keys.GetKeyRingAsync(grant.Tenant, cancellationToken).ConfigureAwait(false);
        var withId = scopes.Contains(OpenId, StringComparer.Ordinal);
        if (withId && _subjects.Refuse(client) is { } unknown)
        {
            return unknown;
        }

        var idKey = ring.Current(client.Metadata.IdTokenSignedResponseAlg);
        if (withId && idKey is null)
        {
            return new MedIdError(OAuthServerErrorCodes.SigningKeyMissing, ErrorCategory.State, "OIDC Registration §2", "id_token_signed_response_alg: no key that signs now has it");
        }

        var lifetime = grant.AccessTokenLifetime ?? _options.AccessTokenLifetime;
        var accessEnd = lifetime < end - now ? now + lifetime : end;
        var accessToken = await JwtSigner.SignAsync(
            ring.Current()!, TokenTypes.AccessTokenJwt, w => WriteAccessToken(w, issue, scopes, now, accessEnd), cancellationToken).ConfigureAwait(false);

        var refreshToken = grant.AllowsRefresh && client.HasGrantType(GrantTypes.RefreshToken) ? SecretGenerator.Base64Url() : null;
        string? idToken = null;
        if (withId)
        {
            var key = idKey!;
            var hash = TokenHash.Compute(key.Algorithm, accessToken);

            // CIBA Core §10.3.1: beside the auth_req_id the refresh token is named too, so that nobody can put another into a push.
            var refreshHash = issue.AuthReqId is not null && refreshToken is not null ? TokenHash.Compute(key.Algorithm, refreshToken) : null;
            idToken = await JwtSigner.SignAsync(
                key, "JWT", w => WriteIdToken(w, issue, hash, refreshHash, now, Earlier(now + _options.IdTokenLifetime, end)), cancellationToken).ConfigureAwait(false);
            if (ResponseEncryption.OfIdTokens(client.Metadata) is { } how)
            {
                var encrypted = await ResponseEncrypter.EncryptAsync(idToken, how, client, _clientKeys, cancellationToken).ConfigureAwait(false);
                if (!encrypted.Succeeded)
                {
                    return encrypted.Error;
                }

                idToken = encrypted.Value;
            }
        }

        return new IssuedTokens
        {
            AccessToken = accessToken,
            TokenType = issue.Confirmation?.KeyThumbprint is null ? TokenTypes.Bearer : TokenTypes.DPoP,
            ExpiresIn = accessEnd - now,
            IdToken = idToken,
            Scopes = scopes,
            Patient = grant.Patient,
            AuthorizationDetails = grant.AuthorizationDetails,
            RefreshToken = refreshToken,
            RefreshRecord = refreshToken is null ? null : new()
            {
                Tenant = grant.Tenant,
                Digest = RefreshDigest(refreshToken),
                Family = issue.RefreshFamily ?? SecretGenerator.Base64Url(16),
                Grant = grant,
                ExpiresAt = Earlier(now + _options.RefreshTokenLifetime, end),
            },
        };
    }

    /// <summary>Asks the gate again, before tokens that were made and kept leave.</summary>
    /// <param name="issue">What they were made of, with the client as it is now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Null when they may leave.</returns>
    public ValueTask<MedIdError?> RefuseAsync(TokenIssue issue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(issue);
        return _gate is null ? ValueTask.FromResult<MedIdError?>(null) : _gate.RefuseAsync(issue, cancellationToken);
    }

    /// <summary>RFC 9068 §2.2; <c>azp</c> by HEART OAuth 2.0, <c>act</c> by RFC 8693 §4.1, <c>patient</c> by SMART App Launch.</summary>
    private void WriteAccessToken(Utf8JsonWriter writer, TokenIssue issue, IReadOnlyList<string> scopes, DateTimeOffset now, DateTimeOffset end)
    {
        var grant = issue.Grant;
        writer.WriteString("iss"u8, _options.Issuer);
        writer.WriteString("aud"u8, grant.Resource ?? _options.Issuer);
        writer.WriteString("sub"u8, _subjects.OfAccessToken(grant.Tenant, grant.Resource ?? _options.Issuer, grant.Subject));
        writer.WriteString("client_id"u8, grant.ClientId);
        writer.WriteString("azp"u8, grant.ClientId);
        writer.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
        writer.WriteNumber("exp"u8, end.ToUnixTimeSeconds());
        writer.WriteString("jti"u8, SecretGenerator.Base64Url(16));
        writer.WriteString("scope"u8, string.Join(' ', scopes));
        WriteAuthentication(writer, grant);

        // RFC 8705 §3.1, RFC 9449 §6.1.
        issue.Confirmation?.WriteTo(writer);
        if (grant.Patient is not null)
        {
            writer.WriteString("patient"u8, grant.Patient);
        }

        writer.WriteString(grant.ConsentId is null ? GrantIdClaim : OAuthClaims.ConsentId, grant.Id);
        if (grant.Actor is not null)
        {
            writer.WritePropertyName("act"u8);
            writer.WriteRawValue(grant.Actor);
        }

        WriteConsentProxy(writer, grant);
        if (grant.AuthorizationDetails is not null)
        {
            // RFC 9396 §9.1.
            writer.WritePropertyName("authorization_details"u8);
            writer.WriteRawValue(grant.AuthorizationDetails);
        }
    }

    /// <summary>OIDC Core §2, CIBA Core §10.3.1.</summary>
    private void WriteIdToken(Utf8JsonWriter writer, TokenIssue issue, string accessTokenHash, string? refreshTokenHash, DateTimeOffset now, DateTimeOffset end)
    {
        var grant = issue.Grant;
        writer.WriteString("iss"u8, _options.Issuer);
        writer.WriteString("sub"u8, _subjects.Of(issue.Client, grant.Subject));
        writer.WriteString("aud"u8, grant.ClientId);
        writer.WriteString("azp"u8, grant.ClientId);
        writer.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
        writer.WriteNumber("exp"u8, end.ToUnixTimeSeconds());
        WriteAuthentication(writer, grant);
        writer.WriteString("at_hash"u8, accessTokenHash);
        if (issue.AuthReqId is not null)
        {
            writer.WriteString(OAuthClaims.AuthReqId, issue.AuthReqId);
        }

        if (refreshTokenHash is not null)
        {
            writer.WriteString(OAuthClaims.RefreshTokenHash, refreshTokenHash);
        }

        if (grant.ConsentId is not null)
        {
            writer.WriteString(OAuthClaims.ConsentId, grant.ConsentId);
        }

        WriteConsentProxy(writer, grant);
    }

    private static void WriteConsentProxy(Utf8JsonWriter writer, Grant grant)
    {
        if (grant.ConsentProxy is not null)
        {
            writer.WritePropertyName(OAuthClaims.ConsentProxy);
            writer.WriteRawValue(grant.ConsentProxy);
        }
    }

    private static void WriteAuthentication(Utf8JsonWriter writer, Grant grant)
    {
        if (grant.AuthTime is { } authTime)
        {
            writer.WriteNumber("auth_time"u8, authTime.ToUnixTimeSeconds());
        }

        writer.WriteString("acr"u8, grant.Acr);
        writer.WriteStartArray("amr"u8);
        foreach (var method in grant.Amr)
        {
            writer.WriteStringValue(method);
        }

        writer.WriteEndArray();
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
