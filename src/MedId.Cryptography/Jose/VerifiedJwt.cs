using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A token that met every expectation. Only <see cref="JwtVerifier"/> makes it, so having one is the evidence.</summary>
public sealed class VerifiedJwt
{
    internal VerifiedJwt(JoseHeader header, JsonWebKey key, SignatureAlgorithm algorithm, JwtClaims claims, ReplayKey? replayKey)
    {
        Header = header;
        Key = key;
        Algorithm = algorithm;
        Claims = claims.All;
        Issuer = claims.Issuer!;
        Subject = claims.Subject;
        Audience = claims.Audience;
        JwtId = claims.JwtId;
        IssuedAt = claims.IssuedAt;
        NotBefore = claims.NotBefore;
        ExpiresAt = claims.ExpiresAt;
        ReplayKey = replayKey;
    }

    /// <summary>The protected header.</summary>
    public JoseHeader Header { get; }

    /// <summary>The key that signed.</summary>
    public JsonWebKey Key { get; }

    /// <summary>The algorithm it signed with.</summary>
    public SignatureAlgorithm Algorithm { get; }

    /// <summary>All claims; an object that owns its memory.</summary>
    public JsonElement Claims { get; }

    /// <summary><c>iss</c>.</summary>
    public string Issuer { get; }

    /// <summary><c>sub</c>; null when absent.</summary>
    public string? Subject { get; }

    /// <summary><c>aud</c>; empty when absent.</summary>
    public IReadOnlyList<string> Audience { get; }

    /// <summary><c>jti</c>; null when absent.</summary>
    public string? JwtId { get; }

    /// <summary><c>iat</c>; null when absent.</summary>
    public DateTimeOffset? IssuedAt { get; }

    /// <summary><c>nbf</c>; null when absent.</summary>
    public DateTimeOffset? NotBefore { get; }

    /// <summary><c>exp</c>; null when absent, which only <see cref="JwtLifetimeRule.IssuedWithin"/> allows.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>
    /// What the caller consumes once when this kind of token may be used once: issuer, <c>jti</c>, and the time from which the token is refused anyway
    /// (its end plus the clock skew). Null without a <c>jti</c>.
    /// </summary>
    public ReplayKey? ReplayKey { get; }

    /// <summary>Kind and key; no claims.</summary>
    public override string ToString() => $"{Header.Type ?? "JWT"} {Key}";
}
