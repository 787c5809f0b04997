using System.Security.Cryptography;
using System.Text;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Keys that nobody signs with, so that refusing an unknown client costs a signature's verification like refusing a known one.</summary>
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

    public static void Verify(string token)
    {
        var jws = CompactJws.Parse(token);
        if (jws.Succeeded && SignatureAlgorithm.TryFromJose(jws.Value.Header.Algorithm, out var algorithm))
        {
            var rule = AlgorithmRule.Only(SignatureAlgorithm.ES256, SignatureAlgorithm.PS256);
            _ = jws.Value.Verify(algorithm.KeyKind == KeyKind.Rsa ? Rsa.Value : Elliptic.Value, rule);
        }
    }
}
