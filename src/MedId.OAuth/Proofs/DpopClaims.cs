using System.Text.Json;

namespace MedId.OAuth;

/// <summary>The claims of a proof in their types (RFC 9449 §4.2), nothing judged.</summary>
internal sealed record DpopClaims(string JwtId, string Method, string Uri, DateTimeOffset IssuedAt, string? Nonce, string? AccessTokenHash)
{
    /// <summary>Reads the claims; null, with the name of the first that is wrong, where one is missing or of another type.</summary>
    public static DpopClaims? Read(JsonElement payload, decimal maxSeconds, out string? wrong)
    {
        var members = new JsonMembers(payload);
        var jwtId = members.NeededString("jti", DpopProofVerifier.MaxJwtIdLength);
        var method = members.NeededString("htm", 32);
        var uri = members.NeededString("htu", DpopTargetUri.MaxLength);
        var nonce = members.String("nonce", 256);
        var hash = members.String("ath", 128);

        // RFC 7519 §2: a NumericDate may have a fraction.
        var seconds = members.Find("iat") is { ValueKind: JsonValueKind.Number } date && date.TryGetDecimal(out var value) && value >= 0 && value <= maxSeconds ? value : -1;
        if (seconds < 0)
        {
            members.Reject("iat");
        }

        wrong = members.Wrong;
        return wrong is null ? new(jwtId, method, uri, DateTimeOffset.UnixEpoch.AddTicks((long)(seconds * TimeSpan.TicksPerSecond)), nonce, hash) : null;
    }
}
