using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A refresh token as stored: its digest and the grant it belongs to, never the token.</summary>
public sealed record RefreshTokenRecord
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Labelled SHA-256 of the token, base64url.</summary>
    public required string Digest { get; init; }

    /// <summary>All tokens rotated from one first token share the family; reuse of an old one ends it (RFC 9700 §4.14.2).</summary>
    public required string Family { get; init; }

    /// <summary>What new tokens are made from. A refresh may narrow its scopes, never widen them.</summary>
    public required Grant Grant { get; init; }

    /// <summary>The end of this token.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The family and the grant; not the digest.</summary>
    public override string ToString() => $"refresh token of family {Family}, {Grant}";
}
