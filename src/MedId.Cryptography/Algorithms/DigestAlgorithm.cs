using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>One row of the table of hashes that signed documents, time stamps and OCSP requests name.</summary>
/// <remarks>MD5 is not in it. SHA-1 is, as <see cref="IsWeak"/>: it stays legal to name a certificate (OCSP CertID), never to bind a document by default.</remarks>
public sealed class DigestAlgorithm
{
    private DigestAlgorithm(HashAlgorithmName hash, int length, string oid, string xmlUri)
    {
        (Hash, Length, Oid, XmlUri) = (hash, length, oid, xmlUri);
    }

    /// <summary>SHA-256 (FIPS 180-4).</summary>
    public static DigestAlgorithm Sha256 { get; } = new(HashAlgorithmName.SHA256, 32, "2.16.840.1.101.3.4.2.1", "http://www.w3.org/2001/04/xmlenc#sha256");

    /// <summary>SHA-384 (FIPS 180-4).</summary>
    public static DigestAlgorithm Sha384 { get; } = new(HashAlgorithmName.SHA384, 48, "2.16.840.1.101.3.4.2.2", "http://www.w3.org/2001/04/xmldsig-more#sha384");

    /// <summary>SHA-512 (FIPS 180-4).</summary>
    public static DigestAlgorithm Sha512 { get; } = new(HashAlgorithmName.SHA512, 64, "2.16.840.1.101.3.4.2.3", "http://www.w3.org/2001/04/xmlenc#sha512");

    /// <summary>SHA-1 (FIPS 180-4). Weak.</summary>
    public static DigestAlgorithm Sha1 { get; } = new(HashAlgorithmName.SHA1, 20, "1.3.14.3.2.26", "http://www.w3.org/2000/09/xmldsig#sha1");

    /// <summary>Every row.</summary>
    public static IReadOnlyList<DigestAlgorithm> All { get; } = [Sha256, Sha384, Sha512, Sha1];

    /// <summary>The platform's name for it.</summary>
    public HashAlgorithmName Hash { get; }

    /// <summary>The length of a digest in bytes.</summary>
    public int Length { get; }

    /// <summary>The OID that names it in an AlgorithmIdentifier.</summary>
    public string Oid { get; }

    /// <summary>The URI that names it in an XML signature's DigestMethod.</summary>
    public string XmlUri { get; }

    /// <summary>Whether it is SHA-1; ask <see cref="AlgorithmRule.Allows(DigestAlgorithm)"/> before it binds anything.</summary>
    public bool IsWeak => Hash == HashAlgorithmName.SHA1;

    /// <summary>Finds the hash that a DER AlgorithmIdentifier names; parameters are NULL or absent (RFC 5754 §2).</summary>
    /// <param name="algorithmIdentifierDer">The whole structure and nothing after it.</param>
    /// <param name="digest">The row.</param>
    public static bool TryFromX509(ReadOnlySpan<byte> algorithmIdentifierDer, [NotNullWhen(true)] out DigestAlgorithm? digest) =>
        TryFromOid(X509AlgorithmReader.ReadDigest(algorithmIdentifierDer), out digest);

    /// <summary>Finds the hash of an OID.</summary>
    /// <param name="oid">In dotted form.</param>
    /// <param name="digest">The row.</param>
    public static bool TryFromOid(string? oid, [NotNullWhen(true)] out DigestAlgorithm? digest)
    {
        digest = All.FirstOrDefault(d => string.Equals(d.Oid, oid, StringComparison.Ordinal));
        return digest is not null;
    }

    /// <summary>Finds the hash of an XML signature's DigestMethod.</summary>
    /// <param name="uri">The value of its Algorithm, compared octet by octet.</param>
    /// <param name="digest">The row.</param>
    public static bool TryFromXml(string? uri, [NotNullWhen(true)] out DigestAlgorithm? digest)
    {
        digest = All.FirstOrDefault(d => string.Equals(d.XmlUri, uri, StringComparison.Ordinal));
        return digest is not null;
    }

    /// <summary>Hashes data.</summary>
    /// <param name="data">The data.</param>
    public byte[] Compute(ReadOnlySpan<byte> data) => CryptographicOperations.HashData(Hash, data);

    /// <inheritdoc/>
    public override string ToString() => Hash.Name!;

    internal static DigestAlgorithm? Of(HashAlgorithmName hash) => All.FirstOrDefault(d => d.Hash == hash);
}
