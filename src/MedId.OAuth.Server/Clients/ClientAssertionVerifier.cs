using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Decides whether a JWT authenticates a client (RFC 7523 §3, OIDC Core §9). Pure; single use is returned as a replay key.</summary>
public static class ClientAssertionVerifier
{
    private static readonly JwtTypeRule Type = JwtTypeRule.OneOfOrAbsent("JWT", "client-authentication+jwt");

    /// <summary>Verifies a client assertion of <c>private_key_jwt</c>.</summary>
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

        // RFC 7523 §3 rules 1 (iss), 2.B (sub), 3 (aud), 4 (exp), 5 (nbf), 6 (iat), 9 (signature), 10 (other defects of a JWT).
        var jwt = JwtVerifier.Verify(assertion, new()
        {
            Keys = keys,
            Algorithms = client.Metadata.TokenEndpointAuthSigningAlg is { } registered ? algorithms.Restrict(registered) : algorithms,
            Type = Type,
            Issuer = client.ClientId,
            Subject = client.ClientId,
            Audience = Audience(endpoint, options),
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,
            ClockSkew = options.ClockSkew,
            RequiredClaims = [JwtId],
        });
        return jwt.Succeeded ? Accept(client, jwt.Value.Audience, jwt.Value.ExpiresAt, jwt.Value.ReplayKey!, endpoint, options, now) : jwt.Error;
    }

    /// <summary>Verifies a client assertion of <c>client_secret_jwt</c>.</summary>
    /// <param name="assertion">The JWT.</param>
    /// <param name="client">The client that its issuer names, with its secrets.</param>
    /// <param name="endpoint">The URL of the endpoint called.</param>
    /// <param name="options">Issuer, endpoints, policies.</param>
    /// <param name="now">The time that counts.</param>
    /// <returns>What the caller consumes once.</returns>
    public static MedIdResult<ReplayKey> VerifyHmac(string assertion, ClientRegistration client, string endpoint, OAuthServerOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        var jwt = HmacJwtVerifier.Verify(assertion, new()
        {
            Secrets = [.. client.HmacSecrets.Select(secret => secret.Key)],
            Algorithms = client.Metadata.TokenEndpointAuthHmacAlg is { } registered ? [registered] : HmacAlgorithm.All,
            Type = Type,
            Issuer = client.ClientId,
            Subject = client.ClientId,
            Audience = Audience(endpoint, options),
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,
            ClockSkew = options.ClockSkew,
            RequiredClaims = [JwtId],
        });
        return jwt.Succeeded ? Accept(client, jwt.Value.Audience, jwt.Value.ExpiresAt, jwt.Value.ReplayKey!, endpoint, options, now) : jwt.Error;
    }

    // RFC 7523 §3 rule 7: jti is optional there; without it nothing can be used once only (OIDC Core §9, HEART OAuth 2.0).
    private const string JwtId = "jti";

    private static JwtAudienceRule Audience(string endpoint, OAuthServerOptions options) => options.ClientAssertionAudience == ClientAssertionAudience.IssuerOnly
        ? JwtAudienceRule.ExactlySingleString(options.Issuer)
        : JwtAudienceRule.Contains(Accepted(endpoint, options));

    /// <summary>CIBA Core §7.1: issuer, token endpoint or the endpoint called; where they have an alias for mutual TLS, that too (RFC 8705 §5).</summary>
    private static string[] Accepted(string endpoint, OAuthServerOptions options) => options.MtlsBaseUrl is null
        ? [options.Issuer, options.TokenEndpoint, endpoint]
        : [options.Issuer, options.TokenEndpoint, endpoint, options.MtlsAliasOf(options.TokenEndpoint), options.MtlsAliasOf(endpoint)];

    private static MedIdResult<ReplayKey> Accept(
        ClientRegistration client, IReadOnlyList<string> audience, DateTimeOffset? expiresAt, ReplayKey once, string endpoint, OAuthServerOptions options, DateTimeOffset now)
    {
        // Rule 3: an assertion that is good elsewhere too could be sent on by whoever it was for.
        if (options.ClientAssertionAudience != ClientAssertionAudience.IssuerOnly && audience.Except(Accepted(endpoint, options), StringComparer.Ordinal).Any())
        {
            return new MedIdError(OAuthServerErrorCodes.ClientAssertionAudience, ErrorCategory.Untrusted, "RFC 7523 §3 rule 3", "the audience also names somebody else");
        }

        // Rule 4: an end unreasonably far away is refused; counted from now, so that what is remembered against replay is bounded.
        if (expiresAt > now + options.ClockSkew + options.MaxClientAssertionLifetime)
        {
            return new MedIdError(CryptographyErrorCodes.JoseLifetimeTooLong, ErrorCategory.Policy, "RFC 7523 §3 rule 4");
        }

        // Identifiers are the client's own: the space of client assertions is apart from every other.
        return once with { Issuer = "client_assertion:" + client.ClientId };
    }
}
