using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>One row of the one table of signature algorithms: what JOSE and FIDO UAF call it, which keys it takes, how its bytes are laid out.</summary>
/// <remarks>
/// <c>none</c>, every HMAC, SHA-1 (UAF 0x000F) and SM2 are not in the table, so they cannot be found. Whether an algorithm of the table may be used for
/// something is decided by <see cref="AlgorithmPolicy"/>. Instances are compared by reference.
/// </remarks>
public sealed class SignatureAlgorithm
{
    private SignatureAlgorithm(string name, string? joseName, ushort? uafIdentifier, KeyKind keyKind, HashAlgorithmName hash, SignatureEncoding encoding, RSASignaturePadding? padding = null)
    {
        Name = name;
        JoseName = joseName;
        UafIdentifier = uafIdentifier;
        KeyKind = keyKind;
        Hash = hash;
        Encoding = encoding;
        Padding = padding;
        HashLength = hash == HashAlgorithmName.SHA256 ? 32 : hash == HashAlgorithmName.SHA384 ? 48 : 64;
    }

    /// <summary>ECDSA on P-256 with SHA-256 (RFC 7518 §3.4; UAF 0x0001).</summary>
    public static SignatureAlgorithm ES256 { get; } = new("ES256", "ES256", 0x0001, KeyKind.P256, HashAlgorithmName.SHA256, SignatureEncoding.FixedFields);

    /// <summary>ECDSA on P-384 with SHA-384 (RFC 7518 §3.4; UAF 0x0010).</summary>
    public static SignatureAlgorithm ES384 { get; } = new("ES384", "ES384", 0x0010, KeyKind.P384, HashAlgorithmName.SHA384, SignatureEncoding.FixedFields);

    /// <summary>ECDSA on P-521 with SHA-512 (RFC 7518 §3.4; UAF 0x0011).</summary>
    public static SignatureAlgorithm ES512 { get; } = new("ES512", "ES512", 0x0011, KeyKind.P521, HashAlgorithmName.SHA512, SignatureEncoding.FixedFields);

    /// <summary>RSASSA-PSS with SHA-256 and a salt of 32 bytes (RFC 7518 §3.5; UAF 0x0003).</summary>
    public static SignatureAlgorithm PS256 { get; } =
        new("PS256", "PS256", 0x0003, KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.ModulusLength, RSASignaturePadding.Pss);

    /// <summary>RSASSA-PSS with SHA-384 and a salt of 48 bytes (RFC 7518 §3.5; UAF 0x000A).</summary>
    public static SignatureAlgorithm PS384 { get; } =
        new("PS384", "PS384", 0x000A, KeyKind.Rsa, HashAlgorithmName.SHA384, SignatureEncoding.ModulusLength, RSASignaturePadding.Pss);

    /// <summary>RSASSA-PSS with SHA-512 and a salt of 64 bytes (RFC 7518 §3.5; UAF 0x000B).</summary>
    public static SignatureAlgorithm PS512 { get; } =
        new("PS512", "PS512", 0x000B, KeyKind.Rsa, HashAlgorithmName.SHA512, SignatureEncoding.ModulusLength, RSASignaturePadding.Pss);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256 (RFC 7518 §3.3; UAF 0x0008, and 0x000C finds it too). No default policy allows it.</summary>
    public static SignatureAlgorithm RS256 { get; } =
        new("RS256", "RS256", 0x0008, KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.ModulusLength, RSASignaturePadding.Pkcs1);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-384 (RFC 7518 §3.3; UAF 0x000D). No default policy allows it.</summary>
    public static SignatureAlgorithm RS384 { get; } =
        new("RS384", "RS384", 0x000D, KeyKind.Rsa, HashAlgorithmName.SHA384, SignatureEncoding.ModulusLength, RSASignaturePadding.Pkcs1);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-512 (RFC 7518 §3.3; UAF 0x000E). No default policy allows it.</summary>
    public static SignatureAlgorithm RS512 { get; } =
        new("RS512", "RS512", 0x000E, KeyKind.Rsa, HashAlgorithmName.SHA512, SignatureEncoding.ModulusLength, RSASignaturePadding.Pkcs1);

    /// <summary>ECDSA on P-256 with SHA-256, signature in DER (UAF 0x0002).</summary>
    public static SignatureAlgorithm EcdsaP256Der { get; } =
        new("secp256r1_ecdsa_sha256_der", null, 0x0002, KeyKind.P256, HashAlgorithmName.SHA256, SignatureEncoding.DerSequence);

    /// <summary>RSASSA-PSS with SHA-256, signature in a DER OCTET STRING (UAF 0x0004).</summary>
    public static SignatureAlgorithm RsaPssSha256Der { get; } =
        new("rsassa_pss_sha256_der", null, 0x0004, KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.DerOctetString, RSASignaturePadding.Pss);

    /// <summary>ECDSA on secp256k1 with SHA-256 (UAF 0x0005). Some platforms lack the curve; keys of it are refused there.</summary>
    public static SignatureAlgorithm EcdsaSecp256k1 { get; } =
        new("secp256k1_ecdsa_sha256_raw", null, 0x0005, KeyKind.Secp256k1, HashAlgorithmName.SHA256, SignatureEncoding.FixedFields);

    /// <summary>ECDSA on secp256k1 with SHA-256, signature in DER (UAF 0x0006).</summary>
    public static SignatureAlgorithm EcdsaSecp256k1Der { get; } =
        new("secp256k1_ecdsa_sha256_der", null, 0x0006, KeyKind.Secp256k1, HashAlgorithmName.SHA256, SignatureEncoding.DerSequence);

    /// <summary>RSASSA-PKCS1-v1_5 with SHA-256, signature in a DER OCTET STRING (UAF 0x0009). No default policy allows it.</summary>
    public static SignatureAlgorithm RsaPkcs1Sha256Der { get; } =
        new("rsa_emsa_pkcs1_sha256_der", null, 0x0009, KeyKind.Rsa, HashAlgorithmName.SHA256, SignatureEncoding.DerOctetString, RSASignaturePadding.Pkcs1);

    /// <summary>Every row of the table.</summary>
    public static IReadOnlyList<SignatureAlgorithm> All { get; } =
    [
        ES256, ES384, ES512, PS256, PS384, PS512, RS256, RS384, RS512,
        EcdsaP256Der, RsaPssSha256Der, EcdsaSecp256k1, EcdsaSecp256k1Der, RsaPkcs1Sha256Der,
    ];

    /// <summary>The JOSE name, or the UAF registry's short name where JOSE has none.</summary>
    public string Name { get; }

    /// <summary>The JOSE <c>alg</c> value; null where JOSE has none.</summary>
    public string? JoseName { get; }

    /// <summary>The number in the FIDO registry of predefined values (ALG_SIGN_*).</summary>
    public ushort? UafIdentifier { get; }

    /// <summary>The keys it works with.</summary>
    public KeyKind KeyKind { get; }

    /// <summary>The hash of the signed data.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The layout of a signature's bytes.</summary>
    public SignatureEncoding Encoding { get; }

    /// <summary>Whether this is RSASSA-PKCS1-v1_5, which policies allow only by a loudly named option.</summary>
    public bool IsRsaPkcs1 => Padding == RSASignaturePadding.Pkcs1;

    internal RSASignaturePadding? Padding { get; }

    internal int HashLength { get; }

    private static FrozenDictionary<string, SignatureAlgorithm> ByJoseName { get; } =
        All.Where(a => a.JoseName is not null).ToFrozenDictionary(a => a.JoseName!, StringComparer.Ordinal);

    private static FrozenDictionary<ushort, SignatureAlgorithm> ByUafIdentifier { get; } =
        All.Where(a => a.UafIdentifier is not null).Select(a => KeyValuePair.Create(a.UafIdentifier!.Value, a)).Append(KeyValuePair.Create((ushort)0x000C, RS256)).ToFrozenDictionary();

    /// <summary>Finds the algorithm of a JOSE header; case counts, and <c>none</c> and HMACs are never found.</summary>
    /// <param name="name">The <c>alg</c> value.</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromJose(string? name, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        algorithm = null;
        return name is not null && ByJoseName.TryGetValue(name, out algorithm);
    }

    /// <summary>Finds the algorithm of a UAF assertion or metadata statement.</summary>
    /// <param name="identifier">The registry's number (ALG_SIGN_*).</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromUaf(ushort identifier, [NotNullWhen(true)] out SignatureAlgorithm? algorithm) =>
        ByUafIdentifier.TryGetValue(identifier, out algorithm);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
