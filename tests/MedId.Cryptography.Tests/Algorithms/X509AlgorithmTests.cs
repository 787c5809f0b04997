using System.Formats.Asn1;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class X509AlgorithmTests
{
    private const string Sha256 = "300D06096086480165030402010500";
    private const string Sha384 = "300D06096086480165030402020500";
    private const string Pss256 = "304106092A864886F70D01010A3034A00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402010500A203020120";

    private static readonly PublicKey Rsa = TestKeys.For(SignatureAlgorithm.RS256).PublicKey;
    private static readonly PublicKey P256 = TestKeys.For(SignatureAlgorithm.ES256).PublicKey;
    private static readonly PublicKey P384 = TestKeys.For(SignatureAlgorithm.ES384).PublicKey;
    private static readonly PublicKey P521 = TestKeys.For(SignatureAlgorithm.ES512).PublicKey;
    private static readonly PublicKey Secp256k1 = TestKeys.For(SignatureAlgorithm.EcdsaSecp256k1).PublicKey;

    [Theory]
    [InlineData("300D06092A864886F70D01010B0500", "RS256")]
    [InlineData("300B06092A864886F70D01010B", "RS256")] // absent: RFC 4055 §5
    [InlineData("300D06092A864886F70D01010C0500", "RS384")]
    [InlineData("300D06092A864886F70D01010D0500", "RS512")]
    [InlineData("300D06092A864886F70D0101050500", "RS1")]
    [InlineData(Pss256, "PS256")]
    [InlineData("303D06092A864886F70D01010A3030A00D300B0609608648016503040201A11A301806092A864886F70D010108300B0609608648016503040201A203020120", "PS256")] // hashes without NULL
    public void TryFromX509_RsaIdentifier_IsFoundForRsaKeysOnly(string der, string name)
    {
        Assert.True(SignatureAlgorithm.TryFromX509(Hex(der), Rsa, out var algorithm));
        Assert.Equal(name, algorithm.Name);
        Assert.False(SignatureAlgorithm.TryFromX509(Hex(der), P256, out _));
    }

    [Theory]
    [InlineData("300A06082A8648CE3D040302", "sha256")]
    [InlineData("300A06082A8648CE3D040303", "sha384")]
    [InlineData("300A06082A8648CE3D040304", "sha512")]
    [InlineData("300906072A8648CE3D0401", "sha1")]
    public void TryFromX509_EcdsaIdentifier_TakesTheCurveFromTheKey(string der, string hash)
    {
        foreach (var (key, curve) in new[] { (P256, "secp256r1"), (P384, "secp384r1"), (P521, "secp521r1") })
        {
            Assert.True(SignatureAlgorithm.TryFromX509(Hex(der), key, out var algorithm));
            Assert.Equal($"{curve}_ecdsa_{hash}_der", algorithm.Name);
            Assert.Equal(SignatureEncoding.DerSequence, algorithm.Encoding);
        }

        Assert.False(SignatureAlgorithm.TryFromX509(Hex(der), Rsa, out _));
        Assert.False(SignatureAlgorithm.TryFromX509(Hex(der), Secp256k1, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("3000")]
    [InlineData("300D06092A864886F70D0101040500")] // md5WithRSAEncryption
    [InlineData("300D06092A864886F70D01010E0500")] // sha224WithRSAEncryption
    [InlineData("300D06092A864886F70D0101010500")] // rsaEncryption is no signature algorithm in X.509
    [InlineData("300D06092A864886F70D01010B050000")] // one byte after it
    [InlineData("300F06092A864886F70D01010B05000500")] // NULL twice
    [InlineData("300D06092A864886F70D01010B0400")] // OCTET STRING instead of NULL
    [InlineData("30810D06092A864886F70D01010B0500")] // a length that is not DER
    [InlineData("300B06092A864886F70D01010A")] // PSS with the defaults of SHA-1
    [InlineData("300D06092A864886F70D01010A3000")]
    [InlineData("303C06092A864886F70D01010A302FA00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402010500")] // salt 20
    [InlineData("304106092A864886F70D01010A3034A00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402010500A203020121")] // salt 33
    [InlineData("304106092A864886F70D01010A3034A00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402020500A203020120")] // MGF1 with SHA-384
    [InlineData("304106092A864886F70D01010A3034A00F300D06096086480165030402010500A11C301A06092A864886F70D010109300D06096086480165030402010500A203020120")] // not MGF1
    [InlineData("304606092A864886F70D01010A3039A00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402010500A203020120A303020101")] // default written out
    [InlineData("304606092A864886F70D01010A3039A00F300D06096086480165030402010500A11C301A06092A864886F70D010108300D06096086480165030402010500A203020120A303020102")] // trailer 2
    public void TryFromX509_AnythingElseForRsa_IsNotFound(string der) => Assert.False(SignatureAlgorithm.TryFromX509(Hex(der), Rsa, out _));

    [Theory]
    [InlineData("300C06082A8648CE3D0403020500")] // NULL
    [InlineData("300A06082A8648CE3D040301")] // ecdsa-with-SHA224
    [InlineData("300906072A8648CE3D0201")] // id-ecPublicKey
    public void TryFromX509_AnythingElseForEcdsa_IsNotFound(string der) => Assert.False(SignatureAlgorithm.TryFromX509(Hex(der), P256, out _));

    [Fact]
    public void ExportX509AlgorithmIdentifier_EveryRowThatHasOne_IsFoundAgain()
    {
        Assert.All(SignatureAlgorithm.All.Where(a => a.X509Oid is not null && !a.IsEdwards && a.KeyKind != KeyKind.Dsa), row =>
        {
            Assert.True(SignatureAlgorithm.TryFromX509(row.ExportX509AlgorithmIdentifier(), KeyOf(row.KeyKind), out var found));
            Assert.Same(row, found);
        });
        Assert.Equal(Hex(Pss256), SignatureAlgorithm.PS256.ExportX509AlgorithmIdentifier());
        Assert.Throws<InvalidOperationException>(() => SignatureAlgorithm.ES256.ExportX509AlgorithmIdentifier());
    }

    [Fact]
    public void TryFromX509_AnyMutant_IsNotFoundOrMeansTheSame()
    {
        foreach (var original in new[] { Pss256, "300D06092A864886F70D01010B0500", "300A06082A8648CE3D040302" }.Select(Hex))
        {
            foreach (var mutant in new SeededMutator(4055).Mutate(original, 5_000).Concat(SeededMutator.EveryTruncation(original)))
            {
                foreach (var key in new[] { Rsa, P256, P384 })
                {
                    if (SignatureAlgorithm.TryFromX509(mutant.Bytes, key, out var found))
                    {
                        Assert.Equal(Normal(mutant.Bytes), Normal(found.ExportX509AlgorithmIdentifier()));
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData("300D06092A864886F70D0101010500", Sha256, "RS256")]
    [InlineData("300B06092A864886F70D010101", Sha384, "RS384")]
    [InlineData("300D06092A864886F70D0101010500", "300906052B0E03021A0500", "RS1")]
    [InlineData("300D06092A864886F70D01010B0500", Sha256, "RS256")]
    [InlineData("300D06092A864886F70D01010B0500", "300B0609608648016503040201", "RS256")]
    [InlineData("300D06092A864886F70D01010B0500", Sha384, null)] // two hashes
    [InlineData(Pss256, Sha256, "PS256")]
    [InlineData(Pss256, Sha384, null)]
    [InlineData("300D06092A864886F70D0101010500", "300C06082A864886F70D02050500", null)] // MD5
    [InlineData("300D06092A864886F70D0101010500", "", null)]
    [InlineData("300D06092A864886F70D0101010400", Sha256, null)]
    [InlineData("300A06082A8648CE3D040302", Sha256, null)] // ECDSA with an RSA key
    public void TryFromCms_SignatureAndDigest_NameOneHash(string signature, string digest, string? name)
    {
        Assert.Equal(name is not null, SignatureAlgorithm.TryFromCms(Hex(signature), Hex(digest), Rsa, out var algorithm));
        Assert.Equal(name, algorithm?.Name);
    }

    [Fact]
    public void TryFromCms_Ecdsa_TakesTheCurveFromTheKey()
    {
        Assert.True(SignatureAlgorithm.TryFromCms(Hex("300A06082A8648CE3D040302"), Hex(Sha256), P384, out var algorithm));
        Assert.Equal("secp384r1_ecdsa_sha256_der", algorithm.Name);
        Assert.False(SignatureAlgorithm.TryFromCms(Hex("300A06082A8648CE3D040302"), Hex(Sha384), P384, out _));
        Assert.False(SignatureAlgorithm.TryFromCms(Hex("300906072A8648CE3D0201"), Hex(Sha256), P256, out _));
    }

    [Theory]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha256", "RS256")]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-sha512", "RS512")]
    [InlineData("http://www.w3.org/2007/05/xmldsig-more#sha384-rsa-MGF1", "PS384")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#rsa-sha1", "RS1")]
    [InlineData("http://www.w3.org/2000/09/xmldsig#hmac-sha1", null)]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#rsa-md5", null)]
    [InlineData("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", null)]
    [InlineData("HTTP://www.w3.org/2001/04/xmldsig-more#rsa-sha256", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void TryFromXmlSignature_Uri_IsFoundForItsKindOfKey(string? uri, string? name)
    {
        Assert.Equal(name is not null, SignatureAlgorithm.TryFromXmlSignature(uri, Rsa, out var algorithm));
        Assert.Equal(name, algorithm?.Name);
    }

    [Fact]
    public void TryFromXmlSignature_Ecdsa_IsFixedFieldsOnTheKeysCurve()
    {
        foreach (var (key, name) in new[] { (P256, "ES256"), (P384, "secp384r1_ecdsa_sha256_raw"), (P521, "secp521r1_ecdsa_sha256_raw") })
        {
            Assert.True(SignatureAlgorithm.TryFromXmlSignature("http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256", key, out var algorithm));
            Assert.Equal((name, SignatureEncoding.FixedFields), (algorithm.Name, algorithm.Encoding));
        }
    }

    [Fact]
    public void DigestAlgorithm_Row_IsFoundByEachOfItsNames()
    {
        Assert.All(DigestAlgorithm.All, row =>
        {
            Assert.True(DigestAlgorithm.TryFromOid(row.Oid, out var byOid) && byOid == row);
            Assert.True(DigestAlgorithm.TryFromXml(row.XmlUri, out var byUri) && byUri == row);
            Assert.Equal(row.Length, row.Compute("abc"u8).Length);
            Assert.Equal(row.ToString() == "SHA1", row.IsWeak);
        });
        Assert.True(DigestAlgorithm.TryFromX509(Hex(Sha256), out var digest) && digest == DigestAlgorithm.Sha256);
        Assert.False(DigestAlgorithm.TryFromX509(Hex(Sha256 + "00"), out _));
        Assert.False(DigestAlgorithm.TryFromOid(null, out _));
        Assert.False(DigestAlgorithm.TryFromXml("http://www.w3.org/2001/04/xmldsig-more#md5", out _));
    }

    private static PublicKey KeyOf(KeyKind kind) => kind switch
    {
        KeyKind.P256 => P256,
        KeyKind.P384 => P384,
        KeyKind.P521 => P521,
        _ => Rsa,
    };

    private static byte[] Hex(string hex) => Convert.FromHexString(hex);

    /// <summary>The OIDs and numbers of an identifier without its NULLs, which may be there or not.</summary>
    private static string Normal(byte[] der)
    {
        var parts = new List<string>();
        Walk(new AsnReader(der, AsnEncodingRules.DER), parts);
        return string.Join(' ', parts);

        static void Walk(AsnReader reader, List<string> parts)
        {
            while (reader.HasData)
            {
                var tag = reader.PeekTag();
                if (tag.IsConstructed)
                {
                    Walk(reader.ReadSequence(tag), parts);
                }
                else
                {
                    var value = reader.ReadEncodedValue();
                    if (tag != Asn1Tag.Null)
                    {
                        parts.Add(Convert.ToHexString(value.Span));
                    }
                }
            }
        }
    }
}
