using System.Text.Json;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>The claims of a client's assertion, however it is signed.</summary>
internal static class AssertionClaims
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(60);

    public static Action<Utf8JsonWriter> Of(string clientId, string issuer, DateTimeOffset at)
    {
        var now = at.ToUnixTimeSeconds();
        return claims =>
        {
            claims.WriteString("iss"u8, clientId);
            claims.WriteString("sub"u8, clientId);

            // FAPI 2.0 §5.3.3.1, FAPI-CIBA: the issuer is the sole audience, as a string; an endpoint's URL would make the assertion good elsewhere.
            claims.WriteString("aud"u8, issuer);
            claims.WriteString("jti"u8, SecretGenerator.Base64Url(16));
            claims.WriteNumber("iat"u8, now);
            claims.WriteNumber("exp"u8, now + (long)Lifetime.TotalSeconds);
        };
    }
}
