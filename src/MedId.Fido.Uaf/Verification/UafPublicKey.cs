using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>Public keys in UAF's encodings. FIDO registry §3.6.2.</summary>
internal static class UafPublicKey
{
    /// <summary>Which reader takes the bytes; null where format and algorithm do not fit together.</summary>
    public static PublicKeyEncoding? Encoding(UafKeyFormat format, SignatureAlgorithm algorithm, ReadOnlySpan<byte> key) => format switch
    {
        UafKeyFormat.EccX962Raw when algorithm.KeyKind == KeyKind.P256 => PublicKeyEncoding.UncompressedPointP256,
        UafKeyFormat.EccX962Raw when algorithm.KeyKind == KeyKind.Secp256k1 => PublicKeyEncoding.UncompressedPointSecp256k1,
        UafKeyFormat.EccX962Der when algorithm.KeyKind != KeyKind.Rsa => PublicKeyEncoding.SubjectPublicKeyInfo,
        UafKeyFormat.Rsa2048Raw when algorithm.KeyKind == KeyKind.Rsa => PublicKeyEncoding.Rsa2048ModulusThenExponent,
        UafKeyFormat.Rsa2048Der when algorithm.KeyKind == KeyKind.Rsa && IsSubjectPublicKeyInfo(key) => PublicKeyEncoding.SubjectPublicKeyInfo,
        UafKeyFormat.Rsa2048Der when algorithm.KeyKind == KeyKind.Rsa => PublicKeyEncoding.Pkcs1,
        _ => null,
    };

    public static MedIdError? Read(
        PublicKeyCache? cache, PublicKeyEncoding encoding, ReadOnlySpan<byte> encoded, SignatureAlgorithm algorithm, AlgorithmRule rule, StepTrace trace, out PublicKey key)
    {
        var read = (cache ?? Shared).GetOrImport(encoding, encoded);
        key = read.Value!;
        return trace.Require(read.Succeeded && rule.Allows(algorithm, key), UafErrorCodes.PublicKeyInvalid, ErrorCategory.Untrusted, read.Error?.Code);
    }

    private static PublicKeyCache Shared { get; } = new();

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
