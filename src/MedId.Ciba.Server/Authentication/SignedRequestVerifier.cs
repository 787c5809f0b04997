using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Decides whether a JWT is a signed authentication request of a client (CIBA Core §7.1.1). Pure; single use is returned as a replay key.</summary>
public static class SignedRequestVerifier
{
    private static readonly TimeSpan LongestLifetime = TimeSpan.FromMinutes(60);

    /// <summary>Verifies a signed request. What stands beside it in the form is the caller's to look at.</summary>
    /// <param name="request">The JWT.</param>
    /// <param name="client">The authenticated client; it registered an algorithm.</param>
    /// <param name="keys">The client's keys.</param>
    /// <param name="server">Issuer, algorithms, clock skew.</param>
    /// <param name="maxLifetime">The longest time from <c>nbf</c> to <c>exp</c>; at most 60 minutes.</param>
    /// <param name="now">The time that counts.</param>
    /// <returns>The claims and what the caller consumes once.</returns>
    /// <exception cref="ArgumentException">The client registered no algorithm, or a longer lifetime than 60 minutes.</exception>
    public static MedIdResult<VerifiedSignedRequest> Verify(
        string request, ClientRegistration client, JsonWebKeySet keys, OAuthServerOptions server, TimeSpan maxLifetime, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxLifetime, LongestLifetime);
        var registered = client.Metadata.BackchannelAuthenticationRequestSigningAlg
            ?? throw new ArgumentException("The client registered no algorithm for signed requests.", nameof(client));

        // §7.1.1: signed asymmetrically with the registered algorithm, not encrypted; typ absent, JWT, or RFC 9101's; iss is the client, aud holds our issuer;
        // exp, iat, nbf and jti are there. Anything but a JWS of three parts never comes to the keys.
        var jwt = JwtVerifier.Verify(request, new()
        {
            Keys = keys,
            Algorithms = server.Algorithms.For(SignatureUse.SignedRequest, now).Restrict(registered),
            Type = JwtTypeRule.OneOfOrAbsent("JWT", TokenTypes.SignedRequestJwt),
            Issuer = client.ClientId,
            Audience = JwtAudienceRule.Contains(server.Issuer),
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,
            ClockSkew = server.ClockSkew,
            RequiredClaims = ["iat", "nbf", "jti"],
        });
        if (!jwt.Succeeded)
        {
            return jwt.Error;
        }

        // FAPI-CIBA ID1 §5.2.2: exp at most 60 minutes after nbf.
        if (jwt.Value.ExpiresAt - jwt.Value.NotBefore > maxLifetime)
        {
            return new MedIdError(CryptographyErrorCodes.JoseLifetimeTooLong, ErrorCategory.Policy, "FAPI-CIBA ID1 §5.2.2");
        }

        var claims = jwt.Value.Claims;
        return RefuseContent(claims, client.ClientId, jwt.Value.Subject) is { } refusal
            ? refusal
            : new VerifiedSignedRequest(claims, jwt.Value.ReplayKey! with { Issuer = "signed_request:" + client.ClientId });
    }

    private static MedIdError? RefuseContent(JsonElement claims, string clientId, string? subject)
    {
        // RFC 9101 §4 with CIBA Core §7.1.1: a request holds no request.
        if (claims.TryGetProperty(OAuthParameters.Request, out _) || claims.TryGetProperty("request_uri"u8, out _))
        {
            return new(CibaErrorCodes.RequestNested, ErrorCategory.Protocol, "CIBA Core §7.1.1");
        }

        // RFC 9101 §10.8: with the client as subject it could be sent as a client assertion.
        if (string.Equals(subject, clientId, StringComparison.Ordinal))
        {
            return new(CibaErrorCodes.RequestSubjectIsClient, ErrorCategory.Protocol, "RFC 9101 §10.8");
        }

        // Where client_id stands too it is the issuer.
        return claims.TryGetProperty(OAuthParameters.ClientId, out var named) && !(named.ValueKind == JsonValueKind.String && named.ValueEquals(clientId))
            ? new(CibaErrorCodes.RequestClientMismatch, ErrorCategory.Protocol, "RFC 9101 §5")
            : null;
    }
}
