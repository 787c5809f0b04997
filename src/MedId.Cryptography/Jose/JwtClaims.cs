using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>The registered claims in their types (RFC 7519 §4.1), nothing judged.</summary>
internal sealed class JwtClaims
{
    private static readonly decimal MaxSeconds = DateTimeOffset.MaxValue.ToUnixTimeSeconds();

    private JwtClaims(JsonElement all) => All = all;

    public JsonElement All { get; }

    public string? Issuer { get; private set; }

    public string? Subject { get; private set; }

    public string? JwtId { get; private set; }

    public IReadOnlyList<string> Audience { get; private set; } = [];

    public bool AudienceIsArray { get; private set; }

    public DateTimeOffset? IssuedAt { get; private set; }

    public DateTimeOffset? NotBefore { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public static MedIdResult<JwtClaims> Parse(ReadOnlyMemory<byte> payload)
    {
        var parsed = StrictJson.ParseObject(payload, maxBytes: int.MaxValue);
        if (!parsed.Succeeded)
        {
            return new MedIdError(CryptographyErrorCodes.JosePayloadNotAnObject, ErrorCategory.Malformed, "RFC 7519 §7.2 step 10", parsed.Error.Code);
        }

        var claims = new JwtClaims(parsed.Value);
        return claims.Read() is { } claim
            ? new MedIdError(CryptographyErrorCodes.JoseClaimMalformed, ErrorCategory.Malformed, "RFC 7519 §4.1", claim)
            : claims;
    }

    public bool Has(string claim) => All.TryGetProperty(claim, out var value) && value.ValueKind != JsonValueKind.Null;

    /// <summary>Reads the registered claims; gives the name of the first one that has another type than §4.1 says.</summary>
    private string? Read()
    {
        foreach (var claim in All.EnumerateObject())
        {
            var read = claim.Name switch
            {
                "iss" => (Issuer = Text(claim.Value)) is not null,
                "sub" => (Subject = Text(claim.Value)) is not null,
                "jti" => (JwtId = Text(claim.Value)) is not null,
                "aud" => TryReadAudience(claim.Value),
                "iat" => (IssuedAt = Date(claim.Value)) is not null,
                "nbf" => (NotBefore = Date(claim.Value)) is not null,
                "exp" => (ExpiresAt = Date(claim.Value)) is not null,
                _ => true,
            };
            if (!read)
            {
                return claim.Name;
            }
        }

        return null;
    }

    private bool TryReadAudience(JsonElement value)
    {
        AudienceIsArray = value.ValueKind == JsonValueKind.Array;
        var audience = AudienceIsArray ? [.. value.EnumerateArray().Select(Text)] : new[] { Text(value) };
        Audience = [.. audience.OfType<string>()];
        return Audience.Count == audience.Length;
    }

    private static string? Text(JsonElement value)
    {
        var text = value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>§2 NumericDate: seconds since 1970, fractions allowed.</summary>
    private static DateTimeOffset? Date(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds) && seconds >= 0 && seconds <= MaxSeconds
            ? DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond))
            : null;
}
