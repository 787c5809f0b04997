using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>Decides whether an ID token of a CIBA flow is what was expected (OIDC Core §3.1.3.7, CIBA Core §10.1.1). Pure.</summary>
public static class IdTokenVerifier
{
    /// <summary>Verifies an ID token, step by step as the standard numbers them.</summary>
    /// <param name="idToken">The compact token.</param>
    /// <param name="expected">What it has to be.</param>
    public static MedIdResult<IdToken> Verify(string idToken, IdTokenExpectations expected)
    {
        ArgumentNullException.ThrowIfNull(idToken);
        ArgumentNullException.ThrowIfNull(expected);

        // Step 1: an encrypted token is refused; none is registered for. Step 2: iss. Step 3: aud contains this client. Steps 6, 7: signature with the OP's
        // key and an allowed algorithm. Step 8: no MAC is in the table. Step 9: exp. Step 10: iat is there and not in the future.
        var verified = JwtVerifier.Verify(idToken, new JwtExpectations
        {
            Keys = expected.Keys,
            Algorithms = expected.Algorithms,
            Type = JwtTypeRule.OneOfOrAbsent("JWT"),
            Issuer = expected.Issuer,
            Audience = JwtAudienceRule.Contains(expected.ClientId),
            Now = expected.Now,
            Lifetime = JwtLifetimeRule.Expires,
            ClockSkew = expected.ClockSkew,
            Subject = expected.Subject,
            RequiredClaims = ["sub", "iat"],
        });
        return verified.Then(jwt => Judge(idToken, jwt, expected));
    }

    private static MedIdResult<IdToken> Judge(string compact, VerifiedJwt jwt, IdTokenExpectations expected)
    {
        var members = new JsonMembers(jwt.Claims);
        var token = new IdToken(compact, jwt.Issuer, jwt.Subject!, jwt.IssuedAt!.Value, jwt.ExpiresAt!.Value, jwt.Claims)
        {
            AuthTime = members.Time(OAuthClaims.AuthTime),
            Acr = members.String(OAuthClaims.Acr),
            Amr = members.Strings(OAuthClaims.Amr),
            ConsentId = members.String(OAuthClaims.ConsentId),
        };
        var authorizedParty = members.String(OAuthClaims.AuthorizedParty);
        var accessTokenHash = members.String(OAuthClaims.AccessTokenHash);
        var refreshTokenHash = members.String(OAuthClaims.RefreshTokenHash);
        var authReqId = members.String(OAuthClaims.AuthReqId);
        if (members.Wrong is { } wrong)
        {
            return Refused(CibaClientErrorCodes.ClaimMalformed, "OIDC Core §2", wrong);
        }

        // Step 3, second half: no audience that this client does not trust; it trusts none besides itself.
        if (jwt.Audience.Count != 1)
        {
            return Refused(CibaClientErrorCodes.AudienceNotSingle, "OIDC Core §3.1.3.7 step 3");
        }

        // Steps 4, 5: azp is needed with several audiences only; where it is, it is this client.
        if (authorizedParty is not null && !string.Equals(authorizedParty, expected.ClientId, StringComparison.Ordinal))
        {
            return Refused(CibaClientErrorCodes.AuthorizedPartyMismatch, "OIDC Core §3.1.3.7 step 5");
        }

        // Step 10, second half: an ID token older than the request answers another one.
        if (expected.NotIssuedBefore is { } earliest && token.IssuedAt < earliest - expected.ClockSkew)
        {
            return Refused(CibaClientErrorCodes.IssuedBeforeRequest, "OIDC Core §3.1.3.7 step 10");
        }

        // Step 11: CIBA has no nonce; the auth_req_id takes its place where the OP sends it (CIBA Core §10.3.1).
        if (expected.AuthReqId is not null && authReqId is not null && !string.Equals(authReqId, expected.AuthReqId, StringComparison.Ordinal))
        {
            return Refused(CibaClientErrorCodes.AuthReqIdMismatch, "CIBA Core §10.3.1");
        }

        // Step 12: the class is one of those that were asked for.
        if (expected.AcrValues.Count > 0 && !expected.AcrValues.Contains(token.Acr, StringComparer.Ordinal))
        {
            return Refused(CibaClientErrorCodes.AcrNotRequested, "OIDC Core §3.1.3.7 step 12");
        }

        // Step 13: max_age is not part of CIBA; a time in the future is still a lie.
        if (token.AuthTime > expected.Now + expected.ClockSkew)
        {
            return Refused(CibaClientErrorCodes.AuthTimeInFuture, "OIDC Core §3.1.3.7 step 13");
        }

        // OIDC Core §3.1.3.8: at_hash is optional here, and right where it is. CIBA Core §10.3.1: so is rt_hash.
        if (accessTokenHash is not null && !IsHashOf(accessTokenHash, expected.AccessToken, jwt.Algorithm))
        {
            return Refused(CibaClientErrorCodes.AccessTokenHashMismatch, "OIDC Core §3.1.3.8");
        }

        return refreshTokenHash is not null && !IsHashOf(refreshTokenHash, expected.RefreshToken, jwt.Algorithm)
            ? Refused(CibaClientErrorCodes.RefreshTokenHashMismatch, "CIBA Core §10.3.1")
            : token;
    }

    /// <summary>The left half of the hash that the ID token's algorithm names (OIDC Core §3.1.3.6).</summary>
    private static bool IsHashOf(string claim, string? token, SignatureAlgorithm algorithm)
    {
        if (token is null)
        {
            return false;
        }

        var hash = CryptographicOperations.HashData(algorithm.Hash, Encoding.UTF8.GetBytes(token));
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(claim), Encoding.UTF8.GetBytes(StrictBase64Url.Encode(hash.AsSpan(0, hash.Length / 2))));
    }

    private static MedIdError Refused(string code, string section, string? detail = null) => new(code, ErrorCategory.Untrusted, section, detail);
}
