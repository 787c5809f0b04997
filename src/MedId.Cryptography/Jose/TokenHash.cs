using System.Security.Cryptography;
using System.Text;

namespace MedId.Cryptography;

/// <summary>The hash by which an ID token names a token issued beside it: <c>at_hash</c>, <c>urn:openid:params:jwt:claim:rt_hash</c> (OpenID Connect Core §3.1.3.6, CIBA Core §10.3.1).</summary>
public static class TokenHash
{
    /// <summary>The left half of the token's hash, base64url.</summary>
    /// <param name="algorithm">The algorithm that signs the ID token; its hash is used.</param>
    /// <param name="token">The access or refresh token.</param>
    public static string Compute(SignatureAlgorithm algorithm, string token)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(token);
        Span<byte> hash = stackalloc byte[Ed448Verifier.SignatureLength];
        var data = Encoding.UTF8.GetBytes(token);
        if (algorithm.KeyKind == KeyKind.Ed448)
        {
            // Ed448 hashes with SHAKE256 to 114 octets (RFC 8032 §5.2).
            var shake = default(Shake256);
            shake.Append(data);
            shake.Finish(hash);
        }
        else
        {
            hash = hash[..CryptographicOperations.HashData(algorithm.Hash, data, hash)];
        }

        return StrictBase64Url.Encode(hash[..(hash.Length / 2)]);
    }

    /// <summary>Whether a claim is the token's hash, in a time that does not depend on where they differ.</summary>
    /// <param name="algorithm">The algorithm that signed the ID token.</param>
    /// <param name="token">The access or refresh token.</param>
    /// <param name="claim">The claim's value.</param>
    public static bool Matches(SignatureAlgorithm algorithm, string token, string claim) => SecretDigest.FixedTimeEquals(Compute(algorithm, token), claim);
}
