using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>A signed authentication request (CIBA Core §7.1.1): every parameter is a claim, with the mandatory ones around them.</summary>
internal static class SignedRequest
{
    public static ValueTask<string> SignAsync(
        BackchannelRequest request, SigningKey key, string clientId, string issuer, DateTimeOffset now, TimeSpan lifetime, CancellationToken cancellationToken) =>
        JwtSigner.SignAsync(key, TokenTypes.SignedRequestJwt, claims => Write(claims, request, clientId, issuer, now, lifetime), cancellationToken);

    private static void Write(Utf8JsonWriter claims, BackchannelRequest request, string clientId, string issuer, DateTimeOffset now, TimeSpan lifetime)
    {
        var seconds = now.ToUnixTimeSeconds();
        claims.WriteString("iss"u8, clientId);
        claims.WriteString("aud"u8, issuer);
        claims.WriteString("jti"u8, SecretGenerator.Base64Url(16));
        claims.WriteNumber("iat"u8, seconds);
        claims.WriteNumber("nbf"u8, seconds);
        claims.WriteNumber("exp"u8, seconds + (long)lifetime.TotalSeconds);
        foreach (var (name, value) in request.Parameters())
        {
            if (string.Equals(name, OAuthParameters.RequestedExpiry, StringComparison.Ordinal))
            {
                claims.WriteNumber(name, (long)request.RequestedExpiry!.Value.TotalSeconds);
            }
            else if (string.Equals(name, OAuthParameters.AuthorizationDetails, StringComparison.Ordinal))
            {
                // RFC 9396 §3: in a request object it is the array itself.
                claims.WritePropertyName(name);
                claims.WriteRawValue(value);
            }
            else
            {
                claims.WriteString(name, value);
            }
        }
    }
}
