using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>The state of a token by itself: ours, in time, not revoked.</summary>
internal sealed class AccessTokenReader(IKeyRingSource keys, ITokenRevocationStore revoked, OAuthServerOptions options, SubjectIdentifiers? subjects = null)
{
    private readonly SubjectIdentifiers _subjects = subjects ?? SubjectIdentifiers.PublicOnly;

    /// <summary>Reads a presented token.</summary>
    public async ValueTask<MedIdResult<AccessToken>> ReadAsync(TenantId tenant, string token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var ring = await keys.GetKeyRingAsync(tenant, cancellationToken).ConfigureAwait(false);
        var read = Read(tenant, token, ring, now);
        if (!read.Succeeded)
        {
            return read;
        }

        return await revoked.IsTokenRevokedAsync(tenant, read.Value.Id, cancellationToken).ConfigureAwait(false)
            || await revoked.IsTokenRevokedAsync(tenant, TokenRevoker.GrantKey(read.Value.GrantId), cancellationToken).ConfigureAwait(false)
            ? new MedIdError(OAuthServerErrorCodes.TokenRevoked, ErrorCategory.State, "RFC 7662 §2.2")
            : read;
    }

    /// <summary>RFC 9068 §4 as far as it is the issuer's own; whose audience it is, the caller asks.</summary>
    private MedIdResult<AccessToken> Read(TenantId tenant, string token, KeyRing ring, DateTimeOffset now)
    {
        var jwt = JwtVerifier.Verify(token, new()
        {
            Keys = ring.Published,

            // Every key of the ring is our own and carries its only algorithm.
            Algorithms = AlgorithmRule.Only([.. ring.Published.Keys.Select(k => k.Algorithm).OfType<SignatureAlgorithm>()]),
            Type = JwtTypeRule.OneOf(TokenTypes.AccessTokenJwt),
            Issuer = options.Issuer,
            Audience = JwtAudienceRule.DangerouslyNotChecked,
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,

            // Another node's clock may be ahead of this one's; that a token ends when it says is judged below.
            ClockSkew = options.ClockSkew,
            RequiredClaims = ["jti", "sub", "client_id", "scope"],
        });
        if (!jwt.Succeeded)
        {
            return jwt.Error;
        }

        if (now >= jwt.Value.ExpiresAt)
        {
            return new MedIdError(CryptographyErrorCodes.JoseExpired, ErrorCategory.State, "RFC 7519 §4.1.4");
        }

        var claims = jwt.Value.Claims;
        return Text(claims, OAuthClaims.ClientId) is { } clientId
            && (Text(claims, OAuthClaims.ConsentId) ?? Text(claims, TokenMinter.GrantIdClaim)) is { } grantId
            && Text(claims, OAuthClaims.Scope) is { } scope
            && jwt.Value.Audience is [var audience]
            && TokenConfirmation.TryRead(claims, out var confirmation)
            ? new AccessToken(claims, jwt.Value.JwtId!, _subjects.AccountOfAccessToken(tenant, audience, jwt.Value.Subject!), audience, clientId, grantId, scope.Split(' '), jwt.Value.ExpiresAt!.Value, confirmation)
            : new MedIdError(CryptographyErrorCodes.JoseClaimMissing, ErrorCategory.Protocol, "RFC 9068 §2.2");
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
