using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>
/// Login hint tokens as signed JWTs of configured issuers: <c>iss</c>, <c>aud</c> (this server), <c>iat</c>, <c>exp</c>, <c>sub_id</c> (RFC 9493, formats <c>iss_sub</c>
/// and <c>opaque</c>), and <c>jti</c> where the token is good for one request.
/// </summary>
public sealed class JwsLoginHintTokenVerifier : ILoginHintTokenVerifier
{
    private const string Section = "CIBA Core §7.1";
    private const int MaxIdentifierLength = 1024;

    private readonly Dictionary<string, LoginHintTokenIssuer> _issuers;
    private readonly OAuthServerOptions _server;
    private readonly JwksClient? _fetch;

    /// <summary>Makes a verifier.</summary>
    /// <param name="issuers">Whom this server believes; each once, with keys or with a place to fetch them.</param>
    /// <param name="server">Issuer, algorithms, clock skew.</param>
    /// <param name="fetch">For issuers with a <see cref="LoginHintTokenIssuer.JwksUri"/>.</param>
    /// <exception cref="ArgumentException">No issuer, one twice, or one whose keys cannot be had.</exception>
    public JwsLoginHintTokenVerifier(IEnumerable<LoginHintTokenIssuer> issuers, OAuthServerOptions server, JwksClient? fetch = null)
    {
        _issuers = issuers.ToDictionary(i => i.Issuer, StringComparer.Ordinal);
        _server = server;
        _fetch = fetch;
        if (_issuers.Count == 0 || _issuers.Values.Any(i => (i.Keys is null) == (i.JwksUri is null) || (i.JwksUri is not null && fetch is null)))
        {
            throw new ArgumentException("A login hint token issuer has either keys, or a JwksUri and somebody who fetches it.", nameof(issuers));
        }
    }

    /// <summary>How long a token may be good for.</summary>
    /// <value>One hour.</value>
    public TimeSpan MaxLifetime { get; init; } = TimeSpan.FromHours(1);

    /// <inheritdoc/>
    public async ValueTask<MedIdResult<VerifiedLoginHint>> VerifyAsync(
        TenantId tenant, ClientRegistration client, string token, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var named = JwtVerifier.PeekUnverifiedIssuer(token);
        if (!named.Succeeded || !_issuers.TryGetValue(named.Value, out var issuer))
        {
            return Invalid(named.Error?.Code ?? CryptographyErrorCodes.JoseIssuerMismatch);
        }

        var verified = issuer.Keys is { } keys
            ? Verify(token, issuer.Issuer, keys, at)
            : await _fetch!.VerifyAsync(issuer.JwksUri!, fetched => Verify(token, issuer.Issuer, fetched, at), cancellationToken).ConfigureAwait(false);
        if (!verified.Succeeded)
        {
            return string.Equals(verified.Error.Code, CryptographyErrorCodes.JoseExpired, StringComparison.Ordinal)
                ? new MedIdError(CibaErrorCodes.LoginHintTokenExpired, ErrorCategory.State, "CIBA Core §13")
                : Invalid(verified.Error.Code);
        }

        return ReadIdentifier(verified.Value.Claims) is { } identifier
            ? new VerifiedLoginHint(issuer.Issuer, identifier, verified.Value.ReplayKey is { } key ? key with { Issuer = "login_hint_token:" + issuer.Issuer } : null)
            : Invalid("sub_id");
    }

    private MedIdResult<VerifiedJwt> Verify(string token, string issuer, JsonWebKeySet keys, DateTimeOffset at) => JwtVerifier.Verify(token, new()
    {
        Keys = keys,
        Algorithms = _server.Algorithms.For(SignatureUse.IdToken, at),
        Type = JwtTypeRule.OneOfOrAbsent("JWT", "login-hint+jwt"),
        Issuer = issuer,
        Audience = JwtAudienceRule.Contains(_server.Issuer),
        Lifetime = JwtLifetimeRule.AtMost(MaxLifetime),
        Now = at,
        ClockSkew = _server.ClockSkew,
        RequiredClaims = ["iat", "sub_id"],
    });

    /// <summary>RFC 9493 §3: the format says which members name the person.</summary>
    private static SubjectIdentifier? ReadIdentifier(JsonElement claims)
    {
        if (!claims.TryGetProperty("sub_id", out var identifier) || identifier.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        return Text(identifier, "format") switch
        {
            SubjectIdentifier.IssuerAndSubject when Text(identifier, "iss") is { } iss && Text(identifier, "sub") is { } sub => new(SubjectIdentifier.IssuerAndSubject, iss, sub),
            SubjectIdentifier.Opaque when Text(identifier, "id") is { } id => new(SubjectIdentifier.Opaque, null, id),
            _ => null,
        };
    }

    private static string? Text(JsonElement identifier, string name) =>
        identifier.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 and <= MaxIdentifierLength } text ? text : null;

    private static MedIdError Invalid(string detail) => new(CibaErrorCodes.LoginHintTokenInvalid, ErrorCategory.Untrusted, Section, detail);
}
