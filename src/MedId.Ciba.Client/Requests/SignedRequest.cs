using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>A signed authentication request (CIBA Core §7.1.1): every parameter is a claim, with the mandatory ones around them.</summary>
internal static class SignedRequest
{
    public static ValueTask<string> SignAsync(
        BackchannelRequest request, string? notificationToken, SigningKey key, string clientId, string issuer, DateTimeOffset now, TimeSpan lifetime, CancellationToken cancellationToken) =>
        JwtSigner.SignAsync(key, TokenTypes.SignedRequestJwt, claims => Write(claims, request, notificationToken, clientId, issuer, now, lifetime), cancellationToken);

    private static void Write(Utf8JsonWriter claims, BackchannelRequest request, string? notificationToken, string clientId, string issuer, DateTimeOffset now, TimeSpan lifetime)
    {
        var seconds = now.ToUnixTimeSeconds();
        claims.WriteString("iss"u8, clientId);
        claims.WriteString("aud"u8, issuer);
        claims.WriteString("jti"u8, SecretGenerator.Base64Url(16));
        claims.WriteNumber("iat"u8, seconds);
        claims.WriteNumber("nbf"u8, seconds);
        claims.WriteNumber("exp"u8, seconds + (long)lifetime.TotalSeconds);
        foreach (var (name, value) in request.Parameters(notificationToken))
        {
            if (string.Equals(name, OAuthParameters.RequestedExpiry, StringComparison.Ordinal))
            {
                claims.WriteNumber(name, (long)request.RequestedExpiry!.Value.TotalSeconds);
            }
            else if (name is OAuthParameters.AuthorizationDetails or OAuthParameters.RequestContext)
            {
                // RFC 9396 §3: in a request object it is the array itself; so is the object of FAPI-CIBA §5.2.2.
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
