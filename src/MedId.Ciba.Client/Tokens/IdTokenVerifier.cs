using System.Text;
using System.Text.Json;
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

        // Step 1: what was registered to be encrypted is, and opens; what was not is refused below.
        if (expected.Encryption is { } encryption)
        {
            var opened = JweDecrypter.Decrypt(idToken, encryption.Keys, encryption.Algorithm, encryption.Encryption);
            if (!opened.Succeeded)
            {
                return opened.Error;
            }

            idToken = Encoding.ASCII.GetString(opened.Value);
        }

        // Step 2: iss. Step 3: aud contains this client. Steps 6, 7: signature with the OP's
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

    /// <summary>
    /// What is established of a token that passes every step here. The key that mTLS or DPoP proves is the relying party's own, so nothing here says that the person proved one.
    /// </summary>
    /// <param name="encrypted">Whether it was to be encrypted, and was.</param>
    /// <param name="answersARequest">Whether it was expected for one request of this client: that one is answered once (CIBA Core §11), at the token endpoint or by an ID token that names it.</param>
    internal static FederationFacts Facts(bool encrypted, bool answersARequest) => new()
    {
        Signed = true,
        Encrypted = encrypted,
        SingleAudience = true,
        ReplayProtected = answersARequest,
        InjectionProtected = answersARequest,
        BeganAtRelyingParty = answersARequest,

        // CIBA Core §4: issuer and client id are expected, and an ID token of others is refused.
        AgreementBefore = true,
    };

    private static MedIdResult<IdToken> Judge(string compact, VerifiedJwt jwt, IdTokenExpectations expected)
    {
        var members = new JsonMembers(jwt.Claims);
        var token = new IdToken(compact, jwt.Issuer, jwt.Subject!, jwt.IssuedAt!.Value, jwt.ExpiresAt!.Value, jwt.Claims)
        {
            AuthTime = members.Time(OAuthClaims.AuthTime),
            Acr = members.String(OAuthClaims.Acr),
            Amr = members.Strings(OAuthClaims.Amr),
            ConsentId = members.String(OAuthClaims.ConsentId),
            Federation = Facts(expected.Encryption is not null, expected.AuthReqId is not null),
        };
        var authorizedParty = members.String(OAuthClaims.AuthorizedParty);
        var accessTokenHash = members.String(OAuthClaims.AccessTokenHash);
        var refreshTokenHash = members.String(OAuthClaims.RefreshTokenHash);
        var authReqId = members.String(OAuthClaims.AuthReqId);
        var confirmation = members.Object("cnf");
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
        if (expected.AuthReqId is not null && (authReqId is not null || expected.MustSignForAll) && !string.Equals(authReqId, expected.AuthReqId, StringComparison.Ordinal))
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

        // OIDC Core §12.2: a refresh authenticates nobody, so it makes no authentication newer.
        if (expected.AuthTime is { } original && token.AuthTime is { } said && said != original)
        {
            return Refused(CibaClientErrorCodes.AuthTimeChanged, "OIDC Core §12.2");
        }

        // RFC 7800 §3.1: a confirmed ID token is confirmed by what this client holds.
        if (confirmation is { } cnf && !IsConfirmed(cnf, expected))
        {
            return Refused(CibaClientErrorCodes.ConfirmationMismatch, "RFC 7800 §3.1");
        }

        // OIDC Core §3.1.3.8: at_hash is optional in an answer to a poll, and right where it is; needed in a push. CIBA Core §10.3.1: so is rt_hash where there is a refresh token.
        if ((accessTokenHash is not null || expected.MustSignForAll) && !IsHashOf(accessTokenHash, expected.AccessToken, jwt.Algorithm))
        {
            return Refused(CibaClientErrorCodes.AccessTokenHashMismatch, "OIDC Core §3.1.3.8");
        }

        return (refreshTokenHash is not null || (expected.MustSignForAll && expected.RefreshToken is not null)) && !IsHashOf(refreshTokenHash, expected.RefreshToken, jwt.Algorithm)
            ? Refused(CibaClientErrorCodes.RefreshTokenHashMismatch, "CIBA Core §10.3.1")
            : token;
    }

    private static bool IsHashOf(string? claim, string? token, SignatureAlgorithm algorithm) =>
        claim is not null && token is not null && TokenHash.Matches(algorithm, token, claim);

    /// <summary>One of the two forms that this client can have, and the right one. A confirmation of another form names a key that this client does not hold.</summary>
    private static bool IsConfirmed(JsonElement confirmation, IdTokenExpectations expected)
    {
        var members = new JsonMembers(confirmation);
        var (certificate, key) = (members.String("x5t#S256"), members.String("jkt"));
        if (members.Wrong is not null || (certificate is null && key is null))
        {
            return false;
        }

        var rightCertificate = certificate is null || string.Equals(certificate, expected.CertificateThumbprint, StringComparison.Ordinal);
        var rightKey = key is null || string.Equals(key, expected.KeyThumbprint, StringComparison.Ordinal);
        return rightCertificate && rightKey;
    }

    private static MedIdError Refused(string code, string section, string? detail = null) => new(code, ErrorCategory.Untrusted, section, detail);
}
