using MedId.Core;
using MedId.Cryptography;

namespace MedId.Jpki.Certificates;

/// <summary>The bare signature of a card: RSASSA-PKCS1-v1_5 over a DigestInfo, or ECDSA in DER. The card neither chooses nor checks the hash, so we do.</summary>
internal static class CardSignature
{
    /// <summary>Null when the key made the signature over the data with this hash.</summary>
    public static MedIdError? Verify(PublicKey key, DigestAlgorithm hash, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, AlgorithmRule rule)
    {
        if (AlgorithmFor(key.Kind, hash) is not { } algorithm || !rule.Allows(algorithm, key))
        {
            return new(JpkiErrorCodes.HashNotAccepted, ErrorCategory.Policy, JpkiSections.Signature, $"{hash} with {key.Kind}");
        }

        if (key.Verify(algorithm, data, signature))
        {
            return null;
        }

        // Says what is wrong where a reader still makes SHA-1 digests; the answer is a refusal either way.
        return key.Kind == KeyKind.Rsa && key.Verify(SignatureAlgorithm.RsaSha1, data, signature)
            ? new(JpkiErrorCodes.HashNotAccepted, ErrorCategory.Policy, JpkiSections.Signature, "SHA-1")
            : new(JpkiErrorCodes.SignatureInvalid, ErrorCategory.Untrusted, JpkiSections.Signature);
    }

    /// <summary>The hash that goes with a key where nobody said: the one of its card generation.</summary>
    public static DigestAlgorithm DefaultHash(PublicKey key) => key.Kind == KeyKind.P384 ? DigestAlgorithm.Sha384 : DigestAlgorithm.Sha256;

    private static SignatureAlgorithm? AlgorithmFor(KeyKind kind, DigestAlgorithm hash) => kind switch
    {
        KeyKind.Rsa when hash == DigestAlgorithm.Sha256 => SignatureAlgorithm.RS256,
        KeyKind.Rsa when hash == DigestAlgorithm.Sha384 => SignatureAlgorithm.RS384,
        KeyKind.Rsa when hash == DigestAlgorithm.Sha512 => SignatureAlgorithm.RS512,
        KeyKind.P384 when hash == DigestAlgorithm.Sha384 => SignatureAlgorithm.EcdsaP384Der,
        _ => null,
    };
}
