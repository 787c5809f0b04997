using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Decides whether a JWT authenticates a client (RFC 7523 §3). Pure; single use is returned as a replay key.</summary>
public static class ClientAssertionVerifier
{
    /// <summary>Verifies a client assertion.</summary>
    /// <param name="assertion">The JWT.</param>
    /// <param name="client">The client that its issuer names.</param>
    /// <param name="keys">The client's keys.</param>
    /// <param name="endpoint">The URL of the endpoint called.</param>
    /// <param name="options">Issuer, endpoints, policies.</param>
    /// <param name="now">The time that counts.</param>
    /// <returns>What the caller consumes once.</returns>
    public static MedIdResult<ReplayKey> Verify(
        string assertion, ClientRegistration client, JsonWebKeySet keys, string endpoint, OAuthServerOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        var algorithms = options.Algorithms.For(SignatureUse.ClientAssertion, now);
        var accepted = (string[])[options.Issuer, options.TokenEndpoint, endpoint];
        var issuerOnly = options.ClientAssertionAudience == ClientAssertionAudience.IssuerOnly;

        // RFC 7523 §3 rules 1 (iss), 2.B (sub), 3 (aud), 4 (exp), 5 (nbf), 6 (iat), 9 (signature), 10 (other defects of a JWT).
        var jwt = JwtVerifier.Verify(assertion, new()
        {
            Keys = keys,
            Algorithms = client.Metadata.TokenEndpointAuthSigningAlg is { } registered ? algorithms.Restrict(registered) : algorithms,
            Type = JwtTypeRule.OneOfOrAbsent("JWT", "client-authentication+jwt"),
            Issuer = client.ClientId,
            Subject = client.ClientId,
            Audience = issuerOnly ? JwtAudienceRule.ExactlySingleString(options.Issuer) : JwtAudienceRule.Contains(accepted),
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,
            ClockSkew = options.ClockSkew,

            // Rule 7: jti is optional there; without it nothing can be used once only (OIDC Core §9, HEART OAuth 2.0).
            RequiredClaims = ["jti"],
        });
        if (!jwt.Succeeded)
        {
            return jwt.Error;
        }

        // Rule 3: an assertion that is good elsewhere too could be sent on by whoever it was for.
        if (!issuerOnly && jwt.Value.Audience.Any(a => !accepted.Contains(a, StringComparer.Ordinal)))
        {
            return new MedIdError(OAuthServerErrorCodes.ClientAssertionAudience, ErrorCategory.Untrusted, "RFC 7523 §3 rule 3", "the audience also names somebody else");
        }

        // Rule 4: an end unreasonably far away is refused; counted from now, so that what is remembered against replay is bounded.
        if (jwt.Value.ExpiresAt > now + options.ClockSkew + options.MaxClientAssertionLifetime)
        {
            return new MedIdError(CryptographyErrorCodes.JoseLifetimeTooLong, ErrorCategory.Policy, "RFC 7523 §3 rule 4");
        }

        // Identifiers are the client's own: the space of client assertions is apart from every other.
        return jwt.Value.ReplayKey! with { Issuer = "client_assertion:" + client.ClientId };
    }
}
