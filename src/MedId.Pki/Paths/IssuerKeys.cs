using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>The keys of CAs and anchors, imported once for the process: few keys sign many certificates.</summary>
internal static class IssuerKeys
{
    private const string Dsa = "1.2.840.10040.4.1";

    private static readonly PublicKeyCache Cache = new(1024);

    /// <summary>
    /// The key in a subjectPublicKeyInfo, small RSA keys among them: what size is allowed is said by the policy, where the key is used. Null when it is of no kind
    /// that is used here.
    /// </summary>
    public static PublicKey? Read(ReadOnlySpan<byte> subjectPublicKeyInfo) =>
        Cache.GetOrImport(PublicKeyEncoding.SubjectPublicKeyInfo, subjectPublicKeyInfo, PublicKey.MinimumLegacyRsaBits).Value;

    /// <summary>A DSA key without parameters, which takes them from its issuer (RFC 5280 §6.1.4 (f)).</summary>
    public static PublicKey? ReadInheriting(ReadOnlySpan<byte> subjectPublicKeyInfo, PublicKey issuer) =>
        PublicKey.FromSubjectPublicKeyInfo(subjectPublicKeyInfo, PublicKey.MinimumLegacyRsaBits, issuer).Value;

    /// <summary>Whether the key is a DSA key without parameters.</summary>
    public static bool Inherits(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = DerReader.Whole(subjectPublicKeyInfo);
        var algorithm = AlgorithmIdentifier.Read(ref info);
        return algorithm.Parameters.IsEmpty && string.Equals(algorithm.Oid, Dsa, StringComparison.Ordinal);
    }
}
