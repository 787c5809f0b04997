using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>What keys outside this process give is brought into the algorithm's encoding and verified; nothing else leaves.</summary>
internal static class ReleasedSignature
{
    public static void ThrowIfNotFor(SignatureAlgorithm algorithm, PublicKey publicKey)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        ArgumentNullException.ThrowIfNull(publicKey);
        if (algorithm.IsWeak || algorithm.IsMlDsa || !publicKey.Supports(algorithm))
        {
            throw new ArgumentException($"{algorithm} is weak, ML-DSA, or not one for a key of the kind {publicKey.Kind}.", nameof(algorithm));
        }
    }

    public static byte[] Check(SigningKey key, ReadOnlySpan<byte> data, byte[] raw)
    {
        ArgumentNullException.ThrowIfNull(raw);
        foreach (var signature in Readings(key.Algorithm, raw))
        {
            if (key.PublicKey.Verify(key.Algorithm, data, signature))
            {
                return signature;
            }
        }

        throw new CryptographicException($"A signature of the key {key.KeyId} does not verify with its public half; it was withheld.");
    }

    private static IEnumerable<byte[]> Readings(SignatureAlgorithm algorithm, byte[] raw)
    {
        if (algorithm.Encoding == SignatureEncoding.DerOctetString)
        {
            yield return SignatureBytes.WriteOctetString(raw);
            yield break;
        }

        yield return raw;
        if (EllipticCurve.Of(algorithm.KeyKind) is not { } curve)
        {
            yield break;
        }

        // PKCS#11 gives r and s, key services mostly DER; which of the two is wanted is the algorithm's.
        var fields = new byte[2 * curve.FieldLength];
        if (algorithm.Encoding == SignatureEncoding.DerSequence && raw.Length == fields.Length)
        {
            yield return SignatureBytes.WriteDerSequence(raw);
        }
        else if (algorithm.Encoding == SignatureEncoding.FixedFields && SignatureBytes.TryReadDerSequence(raw, fields))
        {
            yield return fields;
        }
    }
}
