using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>A token by a shared secret that met every expectation. Only <see cref="HmacJwtVerifier"/> makes it.</summary>
public sealed class VerifiedHmacJwt
{
    internal VerifiedHmacJwt(JoseHeader header, HmacAlgorithm algorithm, JwtClaims claims, ReplayKey? replayKey)
    {
        Header = header;
        Algorithm = algorithm;
        Claims = claims.All;
        Audience = claims.Audience;
        ExpiresAt = claims.ExpiresAt;
        ReplayKey = replayKey;
    }

    /// <summary>The protected header.</summary>
    public JoseHeader Header { get; }

    /// <summary>The algorithm.</summary>
    public HmacAlgorithm Algorithm { get; }

    /// <summary>All claims; an object that owns its memory.</summary>
    public JsonElement Claims { get; }

    /// <summary><c>aud</c>; empty when absent.</summary>
    public IReadOnlyList<string> Audience { get; }

    /// <summary><c>exp</c>; null when absent.</summary>
    public DateTimeOffset? ExpiresAt { get; }

    /// <summary>What the caller consumes once; null without a <c>jti</c>.</summary>
    public ReplayKey? ReplayKey { get; }

    /// <summary>Kind and algorithm; no claims.</summary>
    public override string ToString() => $"{Header.Type ?? "JWT"} {Algorithm}";
}
