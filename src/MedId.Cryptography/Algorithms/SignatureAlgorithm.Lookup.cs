using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace MedId.Cryptography;

/// <content>Finding a row by what a standard calls it.</content>
public sealed partial class SignatureAlgorithm
{
    /// <summary>Finds the algorithm of a JOSE header; case counts, and <c>none</c>, HMACs and SHA-1 are never found. <c>EdDSA</c> finds Ed25519.</summary>
    /// <param name="name">The <c>alg</c> value.</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromJose(string? name, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        algorithm = null;
        return name is not null && Index.ByJoseName.TryGetValue(name, out algorithm);
    }

    /// <summary>Finds the algorithm of a UAF assertion or metadata statement.</summary>
    /// <param name="identifier">The registry's number (ALG_SIGN_*).</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromUaf(ushort identifier, [NotNullWhen(true)] out SignatureAlgorithm? algorithm) =>
        Index.ByUafIdentifier.TryGetValue(identifier, out algorithm);

    /// <summary>Finds the algorithm of a COSE signature (RFC 9053 §2, RFC 8812 §2, RFC 9864 §2.2): ECDSA as r and s of the field's length.</summary>
    /// <param name="identifier">The registry's number. -8 (EdDSA) means Ed25519; the curve of ECDSA is the one of the same size.</param>
    /// <param name="algorithm">The row.</param>
    /// <remarks>WebAuthn lays the same algorithms out differently: use <see cref="TryFromWebAuthn"/>.</remarks>
    public static bool TryFromCose(long identifier, [NotNullWhen(true)] out SignatureAlgorithm? algorithm) =>
        Index.ByCoseIdentifier.TryGetValue(identifier, out algorithm);

    /// <summary>Finds the algorithm of a WebAuthn credential or attestation: COSE's numbers, but ECDSA signatures are DER (WebAuthn L3 §6.5.5).</summary>
    /// <param name="identifier">COSE's number.</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromWebAuthn(long identifier, [NotNullWhen(true)] out SignatureAlgorithm? algorithm) =>
        Index.ByWebAuthn.TryGetValue(identifier, out algorithm);

    /// <summary>Finds the algorithm of a certificate, CRL or OCSP response, which is named by an AlgorithmIdentifier and, for ECDSA, by the signer's curve.</summary>
    /// <param name="algorithmIdentifierDer">The whole DER AlgorithmIdentifier: <c>SEQUENCE { OID, parameters }</c> and nothing after it.</param>
    /// <param name="key">The key of the signer.</param>
    /// <param name="algorithm">The row.</param>
    /// <returns>
    /// False for an algorithm that is not in the table (MD5 among them), for one that is not for this kind of key, and for wrong parameters: NULL or absent with
    /// PKCS#1 v1.5 (RFC 4055 §5), absent with ECDSA, DSA and EdDSA (RFC 5758 §3, RFC 8410 §3), and with RSASSA-PSS the hash of the data equal to that of MGF1, a salt
    /// as long as the hash, and trailer 1 (RFC 4055 §3.1); anything that is not DER.
    /// </returns>
    public static bool TryFromX509(ReadOnlySpan<byte> algorithmIdentifierDer, PublicKey key, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        ArgumentNullException.ThrowIfNull(key);
        algorithm = X509AlgorithmReader.ReadSignature(algorithmIdentifierDer, key.Kind);
        return algorithm is not null;
    }

    /// <summary>Finds the algorithm of a CMS SignerInfo (RFC 5652 §5.3), where signatureAlgorithm may name the hash or leave it to digestAlgorithm.</summary>
    /// <param name="signatureAlgorithmDer">The whole DER signatureAlgorithm; plain rsaEncryption takes its hash from the other (RFC 3370 §3.2).</param>
    /// <param name="digestAlgorithmDer">The whole DER digestAlgorithm of the same SignerInfo; read it by <see cref="DigestAlgorithm.TryFromX509"/> to hash the content.</param>
    /// <param name="key">The key of the signer.</param>
    /// <param name="algorithm">The row.</param>
    /// <returns>
    /// False as in <see cref="TryFromX509"/>; also when the two name different hashes (RFC 4056 §3, RFC 5753 §2.1.1), which leaves open what was signed. Ed25519 goes
    /// with SHA-512 (RFC 8419 §2.3); Ed448 is not found, because SHAKE256 is no digest of the table.
    /// </returns>
    public static bool TryFromCms(
        ReadOnlySpan<byte> signatureAlgorithmDer, ReadOnlySpan<byte> digestAlgorithmDer, PublicKey key, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        ArgumentNullException.ThrowIfNull(key);
        algorithm = DigestAlgorithm.TryFromX509(digestAlgorithmDer, out var digest) ? X509AlgorithmReader.ReadCmsSignature(signatureAlgorithmDer, digest, key.Kind) : null;
        return algorithm is not null;
    }

    /// <summary>Finds the algorithm of an XML signature by its URI (RFC 9231 §2.3, XML Signature 1.1 §6.4) and, for ECDSA, by the signer's curve.</summary>
    /// <param name="uri">The value of SignatureMethod's Algorithm, compared octet by octet. HMACs, DSA and RSASSA-PSS with parameters are not found.</param>
    /// <param name="key">The key of the signer.</param>
    /// <param name="algorithm">The row.</param>
    public static bool TryFromXmlSignature(string? uri, PublicKey key, [NotNullWhen(true)] out SignatureAlgorithm? algorithm)
    {
        ArgumentNullException.ThrowIfNull(key);
        algorithm = null;
        return uri is not null && Index.ByXmlUri.TryGetValue((uri, key.Kind), out algorithm);
    }

    /// <summary>The DER AlgorithmIdentifier that names this row in X.509 and CMS, for those who sign.</summary>
    /// <exception cref="InvalidOperationException">X.509 has none for this encoding (<see cref="X509Oid"/> is null).</exception>
    public byte[] ExportX509AlgorithmIdentifier() => X509Oid is null
        ? throw new InvalidOperationException($"X.509 has no identifier for {Name}.")
        : X509AlgorithmWriter.Write(this);

    internal static SignatureAlgorithm? Find(string x509Oid, KeyKind kind, string? hash = null) => Index.ByX509.GetValueOrDefault((x509Oid, kind, hash));

    /// <summary>Built on first use, after the rows.</summary>
    private static class Index
    {
        public static readonly FrozenDictionary<string, SignatureAlgorithm> ByJoseName = All.Where(a => a.JoseName is not null)
            .Select(a => KeyValuePair.Create(a.JoseName!, a)).Append(KeyValuePair.Create("EdDSA", Ed25519)).ToFrozenDictionary(StringComparer.Ordinal);

        public static readonly FrozenDictionary<ushort, SignatureAlgorithm> ByUafIdentifier = All.Where(a => a.UafIdentifier is not null)
            .Select(a => KeyValuePair.Create(a.UafIdentifier!.Value, a)).Append(KeyValuePair.Create((ushort)0x000C, RS256)).ToFrozenDictionary();

        public static readonly FrozenDictionary<long, SignatureAlgorithm> ByCoseIdentifier = ByCose(SignatureEncoding.FixedFields);

        public static readonly FrozenDictionary<long, SignatureAlgorithm> ByWebAuthn = ByCose(SignatureEncoding.DerSequence);

        public static readonly FrozenDictionary<(string Uri, KeyKind Kind), SignatureAlgorithm> ByXmlUri =
            All.Where(a => a.XmlUri is not null).ToFrozenDictionary(a => (a.XmlUri!, a.KeyKind));

        /// <summary>RSASSA-PSS has one OID for all hashes, the others one for each.</summary>
        public static readonly FrozenDictionary<(string Oid, KeyKind Kind, string? Hash), SignatureAlgorithm> ByX509 = All.Where(a => a.X509Oid is not null)
            .ToFrozenDictionary(a => (a.X509Oid!, a.KeyKind, string.Equals(a.X509Oid, X509AlgorithmReader.RsassaPss, StringComparison.Ordinal) ? a.Hash.Name : null));

        private static FrozenDictionary<long, SignatureAlgorithm> ByCose(SignatureEncoding ofEcdsa)
        {
            var other = ofEcdsa == SignatureEncoding.FixedFields ? SignatureEncoding.DerSequence : SignatureEncoding.FixedFields;
            var rows = All.Where(a => a.CoseIdentifier is not null && a.Encoding != other).ToDictionary(a => a.CoseIdentifier!.Value);

            // RFC 9864 §2.2: the fully specified names of the same things; RFC 9053 §2.2 leaves EdDSA's curve to the key, WebAuthn L3 §5.8.5 says Ed25519.
            (rows[-9], rows[-51], rows[-52], rows[-8]) = (rows[-7], rows[-35], rows[-36], Ed25519);
            return rows.ToFrozenDictionary();
        }
    }
}
