using MedId.Core;
using MedId.Cryptography;

namespace MedId.Ciba.Server;

/// <summary>Decides whether an <c>id_token_hint</c> is an ID token that this server gave this client (CIBA Core §7.1). Pure.</summary>
public static class IdTokenHintVerifier
{
    private const string Section = "CIBA Core §7.1";

    /// <summary>Verifies a hint. That the token has ended does not matter; that it was made long ago may.</summary>
    /// <param name="token">The ID token.</param>
    /// <param name="keys">This server's keys, retired ones included.</param>
    /// <param name="issuer">This server.</param>
    /// <param name="clientId">The authenticated client; the token was made for it.</param>
    /// <param name="maxAge">How long after its issue it is a hint; null for ever.</param>
    /// <param name="now">The time that counts.</param>
    /// <param name="clockSkew">How far the clock of another node of this server may be ahead.</param>
    public static MedIdResult<UserHint> Verify(string token, JsonWebKeySet keys, string issuer, string clientId, TimeSpan? maxAge, DateTimeOffset now, TimeSpan clockSkew = default)
    {
        ArgumentNullException.ThrowIfNull(keys);
        var issuedAt = PeekIssuedAt(token);
        if (!issuedAt.Succeeded)
        {
            return issuedAt.Error;
        }

        // Judged as of the moment that it names for its issue, which its signature then proves: exp is not decisive. A token from the future is refused by itself.
        var jwt = JwtVerifier.Verify(token, new()
        {
            Keys = keys,
            Algorithms = AlgorithmRule.Only([.. keys.Keys.Select(k => k.Algorithm).OfType<SignatureAlgorithm>()]),
            Type = JwtTypeRule.OneOf("JWT"),
            Issuer = issuer,
            Audience = JwtAudienceRule.Contains(clientId),
            Lifetime = JwtLifetimeRule.Expires,
            Now = issuedAt.Value,
            ClockSkew = TimeSpan.Zero,
            RequiredClaims = ["sub", "iat"],
        });
        if (!jwt.Succeeded)
        {
            return Invalid(jwt.Error.Code);
        }

        if (issuedAt.Value - clockSkew > now)
        {
            return Invalid(CryptographyErrorCodes.JoseIssuedInFuture);
        }

        return maxAge is { } age && now - issuedAt.Value >= age
            ? new MedIdError(CibaErrorCodes.IdTokenHintTooOld, ErrorCategory.State, Section)
            : new UserHint { Kind = HintKind.IdTokenHint, Value = jwt.Value.Subject! };
    }

    private static MedIdResult<DateTimeOffset> PeekIssuedAt(string token)
    {
        var jws = CompactJws.Parse(token);
        if (!jws.Succeeded)
        {
            return Invalid(jws.Error.Code);
        }

        var claims = StrictJson.ParseObject(jws.Value.Payload);
        return claims.Succeeded && claims.Value.TryGetProperty("iat", out var iat) && iat.ValueKind == System.Text.Json.JsonValueKind.Number
            && iat.TryGetInt64(out var seconds) && seconds is >= 0 and <= 253402300799
            ? DateTimeOffset.FromUnixTimeSeconds(seconds)
            : Invalid(claims.Error?.Code ?? CryptographyErrorCodes.JoseClaimMissing);
    }

    private static MedIdError Invalid(string detail) => new(CibaErrorCodes.IdTokenHintInvalid, ErrorCategory.Untrusted, Section, detail);
}
