using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>Public keys in UAF's encodings. FIDO registry §3.6.2.</summary>
internal static class UafPublicKey
{
    private const int Rsa2048Bits = 2048;

    /// <summary>Which reader takes the bytes; null where format and algorithm do not fit together.</summary>
    public static PublicKeyEncoding? Encoding(FidoKeyFormat format, SignatureAlgorithm algorithm, ReadOnlySpan<byte> key, Tolerance tolerance) => (format, algorithm.KeyKind) switch
    {
        (FidoKeyFormat.EccX962Raw, KeyKind.P256) => PublicKeyEncoding.UncompressedPointP256,
        (FidoKeyFormat.EccX962Raw, KeyKind.Secp256k1) => PublicKeyEncoding.UncompressedPointSecp256k1,
        (FidoKeyFormat.EccX962Raw, KeyKind.P384) => PublicKeyEncoding.UncompressedPointP384,
        (FidoKeyFormat.EccX962Raw, KeyKind.P521) => PublicKeyEncoding.UncompressedPointP521,
        (FidoKeyFormat.EccX962Der, not KeyKind.Rsa) => PublicKeyEncoding.SubjectPublicKeyInfo,
        (FidoKeyFormat.Rsa2048Raw, KeyKind.Rsa) => PublicKeyEncoding.Rsa2048ModulusThenExponent,
        (FidoKeyFormat.Rsa2048Der, KeyKind.Rsa) => IsSubjectPublicKeyInfo(key) && tolerance.Take(UafLeniencies.RsaSubjectPublicKeyInfo)
            ? PublicKeyEncoding.SubjectPublicKeyInfo
            : PublicKeyEncoding.Pkcs1,
        (FidoKeyFormat.Cose, _) => PublicKeyEncoding.Cose,
        _ => null,
    };

    /// <summary>Whether a COSE key names the algorithm of the assertion; ECDSA in either layout, which COSE does not tell.</summary>
    public static bool IsOfAlgorithm(ReadOnlySpan<byte> cose, SignatureAlgorithm algorithm) =>
        CoseKey.Read(cose, out var consumed) is { Succeeded: true, Value.Signature: { } named } && consumed == cose.Length
        && named.KeyKind == algorithm.KeyKind && named.Hash == algorithm.Hash && named.IsRsaPkcs1 == algorithm.IsRsaPkcs1;

    public static MedIdError? Read(
        PublicKeyCache? cache,
        FidoKeyFormat format,
        PublicKeyEncoding encoding,
        ReadOnlySpan<byte> encoded,
        SignatureAlgorithm algorithm,
        AlgorithmRule rule,
        StepTrace trace,
        out PublicKey key)
    {
        var read = (cache ?? Shared).GetOrImport(encoding, encoded);
        key = read.Value!;
        return trace.Require(
            read.Succeeded && rule.Allows(algorithm, key) && (!Is2048(format) || key.SizeInBits == Rsa2048Bits),
            UafErrorCodes.PublicKeyInvalid,
            ErrorCategory.Untrusted,
            read.Error?.Code);
    }

    /// <summary>Whether the key made the signature; tolerates loose DER where that is allowed.</summary>
    public static bool Verify(PublicKey key, SignatureAlgorithm algorithm, ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature, Tolerance tolerance) =>
        key.Verify(algorithm, data, signature)
        || (algorithm.Encoding == SignatureEncoding.DerSequence && tolerance.Allows(UafLeniencies.NonCanonicalDer)
            && LooseDer.TryNormalise(signature, out var der) && key.Verify(algorithm, data, der) && tolerance.Take(UafLeniencies.NonCanonicalDer));

    private static PublicKeyCache Shared { get; } = new();

    private static bool Is2048(FidoKeyFormat format) => format is FidoKeyFormat.Rsa2048Raw or FidoKeyFormat.Rsa2048Der;

    // RSAPublicKey begins with an INTEGER inside its SEQUENCE, SubjectPublicKeyInfo with a SEQUENCE. Deployed authenticators send both under one number.
    private static bool IsSubjectPublicKeyInfo(ReadOnlySpan<byte> key)
    {
        const byte sequence = 0x30;
        if (key.Length < 2 || key[0] != sequence)
        {
            return false;
        }

        var lengthBytes = key[1] < 0x80 ? 0 : key[1] & 0x7F;
        return key.Length > 2 + lengthBytes && key[2 + lengthBytes] == sequence;
    }
}
