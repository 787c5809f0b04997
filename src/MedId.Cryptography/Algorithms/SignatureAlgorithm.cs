using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>
/// One row of the one table of signature algorithms: what JOSE, COSE, FIDO UAF, X.509, CMS and XML signatures call it, which keys it takes, how its bytes
/// are laid out.
/// </summary>
/// <remarks>
/// <c>none</c>, every HMAC, MD5 and SM2 are not in the table, so they cannot be found. SHA-1 and DSA are in it as <see cref="IsWeak"/>, for X.509, XML and
/// COSE only, because old documents have to be judged. Whether an algorithm of the table may be used for something is decided by
/// <see cref="AlgorithmPolicy"/>. Two rows may share a name of one standard, never a name and an encoding. Instances are compared by reference.
/// </remarks>
public sealed partial class SignatureAlgorithm
{
    private SignatureAlgorithm(string name, KeyKind keyKind, HashAlgorithmName hash, SignatureEncoding encoding)
    {
        (Name, KeyKind, Hash, Encoding) = (name, keyKind, hash, encoding);
    }

    /// <summary>The JOSE name, or a descriptive short name (UAF's where it has one) where JOSE has none.</summary>
    public string Name { get; }

    /// <summary>The JOSE <c>alg</c> value; null where JOSE has none.</summary>
    public string? JoseName { get; private init; }

    /// <summary>The number in the FIDO registry of predefined values (ALG_SIGN_*).</summary>
    public ushort? UafIdentifier { get; private init; }

    /// <summary>The number in the COSE Algorithms registry; WebAuthn gives the number of an ECDSA row to the row that is DER.</summary>
    public long? CoseIdentifier { get; private init; }

    /// <summary>The OID that names it in an X.509 AlgorithmIdentifier; for ECDSA the curve is the key's. Null where X.509 has none for this encoding.</summary>
    public string? X509Oid { get; private init; }

    /// <summary>The URI that names it in an XML signature (RFC 9231, XML Signature 1.1); for ECDSA the curve is the key's. Null where there is none.</summary>
    public string? XmlUri { get; private init; }

    /// <summary>The keys it works with.</summary>
    public KeyKind KeyKind { get; }

    /// <summary>The hash of the signed data. For EdDSA and ML-DSA, which take the data itself, the hash inside: SHA-512, and SHAKE256 for Ed448 and ML-DSA.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The layout of a signature's bytes.</summary>
    public SignatureEncoding Encoding { get; }

    /// <summary>Whether this is RSASSA-PKCS1-v1_5, which policies allow for certificates and documents, and for tokens by a loudly named option only.</summary>
    public bool IsRsaPkcs1 => Padding == RSASignaturePadding.Pkcs1;

    /// <summary>Whether it is SHA-1 or DSA: in the table so that old material can be judged, allowed only by a loudly named, dated option.</summary>
    public bool IsWeak => Hash == HashAlgorithmName.SHA1 || KeyKind == KeyKind.Dsa;

    internal RSASignaturePadding? Padding { get; private init; }

    internal bool IsMlDsa => Encoding == SignatureEncoding.MlDsa;

    internal bool IsEdwards => KeyKind is KeyKind.Ed25519 or KeyKind.Ed448;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
