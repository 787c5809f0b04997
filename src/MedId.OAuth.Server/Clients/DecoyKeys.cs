using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Keys that nobody signs with, so that refusing an unknown client costs what refusing a known one costs: a signature's verification, or an HMAC.</summary>
internal static class DecoyKeys
{
    private static readonly Lazy<PublicKey> Elliptic = new(() =>
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        return key.PublicKey;
    });

    private static readonly Lazy<PublicKey> Rsa = new(() =>
    {
        // Any odd number of 2048 bits: verifying needs no private half, so none is made.
        var modulus = RandomNumberGenerator.GetBytes(256);
        modulus[0] |= 0x80;
        modulus[^1] |= 0x01;
        var jwk = Encoding.ASCII.GetBytes($$"""{"kty":"RSA","e":"AQAB","n":"{{StrictBase64Url.Encode(modulus)}}"}""");
        return StrictJson.ParseObject(jwk).Then(PublicKey.FromJwk).Value ?? throw new InvalidOperationException("A modulus of 2048 bits is a key.");
    });

    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(64);

    public static void Verify(string token)
    {
        var jws = CompactJws.Parse(token);
        if (jws.Succeeded && HmacAlgorithm.TryFromJose(jws.Value.Header.Algorithm, out var hmac))
        {
            _ = hmac.Verify(Secret, jws.Value.SigningInput.Span, jws.Value.Signature.Span);
        }
        else if (jws.Succeeded && SignatureAlgorithm.TryFromJose(jws.Value.Header.Algorithm, out var algorithm))
        {
            var rule = AlgorithmRule.Only(SignatureAlgorithm.ES256, SignatureAlgorithm.PS256);
            _ = jws.Value.Verify(algorithm.KeyKind == KeyKind.Rsa ? Rsa.Value : Elliptic.Value, rule);
        }
    }
}
