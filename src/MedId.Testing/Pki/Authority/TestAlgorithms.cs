using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>The AlgorithmIdentifiers of the authority's signatures and digests.</summary>
internal static class TestAlgorithms
{
    public const string Sha1 = "1.3.14.3.2.26";
    public const string Sha256 = "2.16.840.1.101.3.4.2.1";
    public const string Sha384 = "2.16.840.1.101.3.4.2.2";
    public const string Sha512 = "2.16.840.1.101.3.4.2.3";

    public static HashAlgorithmName Hash(TestSignatureAlgorithm algorithm) => algorithm switch
    {
        TestSignatureAlgorithm.RsaSha1 or TestSignatureAlgorithm.EcdsaSha1 => HashAlgorithmName.SHA1,
        TestSignatureAlgorithm.RsaSha384 or TestSignatureAlgorithm.PssSha384 or TestSignatureAlgorithm.EcdsaSha384 => HashAlgorithmName.SHA384,
        TestSignatureAlgorithm.RsaSha512 or TestSignatureAlgorithm.PssSha512 or TestSignatureAlgorithm.EcdsaSha512 => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };

    public static bool IsPss(TestSignatureAlgorithm algorithm) => algorithm is TestSignatureAlgorithm.PssSha256 or TestSignatureAlgorithm.PssSha384 or TestSignatureAlgorithm.PssSha512;

    public static TestSignatureAlgorithm Default(TestKeyKind kind) => kind switch
    {
        TestKeyKind.P256 => TestSignatureAlgorithm.EcdsaSha256,
        TestKeyKind.P384 => TestSignatureAlgorithm.EcdsaSha384,
        TestKeyKind.P521 => TestSignatureAlgorithm.EcdsaSha512,
        _ => TestSignatureAlgorithm.RsaSha256,
    };

    public static byte[] Identifier(TestSignatureAlgorithm algorithm) => algorithm switch
    {
        TestSignatureAlgorithm.RsaSha1 => Rsa("1.2.840.113549.1.1.5"),
        TestSignatureAlgorithm.RsaSha256 => Rsa("1.2.840.113549.1.1.11"),
        TestSignatureAlgorithm.RsaSha384 => Rsa("1.2.840.113549.1.1.12"),
        TestSignatureAlgorithm.RsaSha512 => Rsa("1.2.840.113549.1.1.13"),
        TestSignatureAlgorithm.EcdsaSha1 => TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.1")),
        TestSignatureAlgorithm.EcdsaSha256 => TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.2")),
        TestSignatureAlgorithm.EcdsaSha384 => TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.3")),
        TestSignatureAlgorithm.EcdsaSha512 => TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.4")),
        _ => Pss(algorithm),
    };

    /// <summary>The AlgorithmIdentifier of a digest, with its parameters absent (RFC 5754 §2).</summary>
    public static byte[] Digest(HashAlgorithmName hash) => TestDer.Sequence(TestDer.Oid(DigestOid(hash)));

    public static string DigestOid(HashAlgorithmName hash) =>
        hash == HashAlgorithmName.SHA1 ? Sha1 : hash == HashAlgorithmName.SHA384 ? Sha384 : hash == HashAlgorithmName.SHA512 ? Sha512 : Sha256;

    public static HashAlgorithmName? DigestByOid(string oid) => oid switch
    {
        Sha1 => HashAlgorithmName.SHA1,
        Sha256 => HashAlgorithmName.SHA256,
        Sha384 => HashAlgorithmName.SHA384,
        Sha512 => HashAlgorithmName.SHA512,
        _ => null,
    };

    /// <summary>DigestInfo (RFC 8017 §9.2), its hash named with NULL parameters.</summary>
    public static byte[] DigestInfo(HashAlgorithmName hash, byte[] digest) =>
        TestDer.Sequence(TestDer.Sequence(TestDer.Oid(DigestOid(hash)), TestDer.Null), TestDer.OctetString(digest));

    private static byte[] Rsa(string oid) => TestDer.Sequence(TestDer.Oid(oid), TestDer.Null);

    // RFC 4055 §3.1: RSASSA-PSS-params with every field but the trailer, which has its default.
    private static byte[] Pss(TestSignatureAlgorithm algorithm)
    {
        var hash = Hash(algorithm);
        var digest = TestDer.Sequence(TestDer.Oid(DigestOid(hash)), TestDer.Null);
        var salt = hash == HashAlgorithmName.SHA256 ? 32 : hash == HashAlgorithmName.SHA384 ? 48 : 64;
        return TestDer.Sequence(
            TestDer.Oid("1.2.840.113549.1.1.10"),
            TestDer.Sequence(
                TestDer.Context(0, digest),
                TestDer.Context(1, TestDer.Sequence(TestDer.Oid("1.2.840.113549.1.1.8"), digest)),
                TestDer.Context(2, TestDer.Integer(salt))));
    }
}
