using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Text;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

/// <summary>Ed25519, Ed448, DSA and small RSA keys, which the table has for certificates.</summary>
public sealed class OtherKindsOfKeyTests
{
    /// <summary>RFC 8410 §10.1.</summary>
    private const string Rfc8410 = "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=";

    /// <summary>RFC 8037 A.2.</summary>
    private const string Rfc8037 = """{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}""";

    private static readonly Lazy<DSAParameters> Dsa1024 = new(() =>
    {
        using var dsa = DSA.Create(1024);
        return dsa.ExportParameters(includePrivateParameters: true);
    });

    [Fact]
    public void FromSubjectPublicKeyInfo_KeyOfRfc8410_IsReadAndWrittenAgain()
    {
        var der = Convert.FromBase64String(Rfc8410);
        var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(der));

        Assert.Equal((KeyKind.Ed25519, 255), (key.Kind, key.SizeInBits));
        Assert.Equal(der, key.ExportSubjectPublicKeyInfo());
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_Ed448_IsReadAndWrittenAgain()
    {
        var point = Convert.FromHexString(Rfc8032Vectors.All.First(v => v.Kind == KeyKind.Ed448).Key);
        var der = Refused.Not(PublicKey.FromEdwardsPoint(KeyKind.Ed448, point)).ExportSubjectPublicKeyInfo();

        Assert.Equal("3043300506032B6571033A00" + Convert.ToHexString(point), Convert.ToHexString(der));
        Assert.Equal(KeyKind.Ed448, Refused.Not(PublicKey.FromSubjectPublicKeyInfo(der)).Kind);
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_EdwardsWithParameters_IsMalformed()
    {
        byte[] withNull = [0x30, 0x2C, 0x30, 0x07, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x05, 0x00, .. Convert.FromBase64String(Rfc8410).AsSpan(9)];

        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(withNull));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_AnyMutantOfAnEdwardsKey_IsRefusedOrExportsToItself() => AssertMutants(Convert.FromBase64String(Rfc8410), 3_000);

    [Fact]
    public void FromJwk_KeyOfRfc8037_HasThePublishedThumbprint()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(Rfc8037)));

        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", key.Thumbprint);
        using var stream = new MemoryStream();
        using (var writer = new System.Text.Json.Utf8JsonWriter(stream))
        {
            key.ToJwk("k", SignatureAlgorithm.Ed25519).WriteTo(writer);
        }

        Assert.Equal(key, Refused.Not(JsonWebKey.Parse(Json.Parse(Encoding.UTF8.GetString(stream.ToArray())))).Key);
    }

    [Theory]
    [InlineData("Ed25519", "X25519", CryptographyErrorCodes.KeyUnsupported)]
    [InlineData("Ed25519", "Ed448", CryptographyErrorCodes.KeyMalformed)]
    [InlineData("\"x\"", "\"X\"", CryptographyErrorCodes.KeyMalformed)]
    [InlineData("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", CryptographyErrorCodes.KeySmallOrder)]
    [InlineData("11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo", "AgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", CryptographyErrorCodes.KeyPointNotOnCurve)]
    [InlineData("\"kty\"", "\"d\":\"AA\",\"kty\"", CryptographyErrorCodes.KeyPrivateMember)]
    public void FromJwk_OneChange_IsRefused(string from, string to, string code) =>
        Refused.With(code, PublicKey.FromJwk(Json.Parse(Rfc8037.Replace(from, to, StringComparison.Ordinal))));

    /// <summary>RFC 8037 A.4, whose header says EdDSA.</summary>
    [Fact]
    public void Verify_TokenOfRfc8037_IsOfTheRowEd25519()
    {
        const string Token = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc.hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
        var set = JsonWebKeySet.Of(Refused.Not(JsonWebKey.Parse(Json.Parse(Rfc8037))));
        var jws = Refused.Not(CompactJws.Parse(Token));

        Assert.Null(jws.Verify(set, AlgorithmRule.Only(SignatureAlgorithm.Ed25519)).Error);
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, jws.Verify(set, AlgorithmRule.Only(SignatureAlgorithm.ES256)).Error?.Code);
        Assert.True(SignatureAlgorithm.TryFromJose("EdDSA", out var algorithm) && algorithm == SignatureAlgorithm.Ed25519);
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_Dsa_VerifiesBothHashesAndNothingElse()
    {
        using var dsa = DSA.Create(Dsa1024.Value);
        var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(dsa.ExportSubjectPublicKeyInfo()));
        Assert.Equal((KeyKind.Dsa, 1024), (key.Kind, key.SizeInBits));
        Assert.Equal(dsa.ExportSubjectPublicKeyInfo(), key.ExportSubjectPublicKeyInfo());

        foreach (var (algorithm, hash) in new[] { (SignatureAlgorithm.DsaSha1, HashAlgorithmName.SHA1), (SignatureAlgorithm.DsaSha256, HashAlgorithmName.SHA256) })
        {
            var signature = dsa.SignData("x"u8.ToArray(), hash, DSASignatureFormat.Rfc3279DerSequence);

            Assert.True(key.Verify(algorithm, "x"u8, signature));
            Assert.False(key.Verify(algorithm, "y"u8, signature));
            Assert.False(key.Verify(algorithm, "x"u8, [.. signature, 0]));
            Assert.All(SignatureAlgorithm.All.Where(a => a != algorithm), other => Assert.False(key.Verify(other, "x"u8, signature)));
            Assert.True(SignatureAlgorithm.TryFromX509(algorithm.ExportX509AlgorithmIdentifier(), key, out var found) && found == algorithm);
        }

        Assert.Throws<ArgumentException>(() => key.ToJwk());
    }

    [Fact]
    public void Verify_DsaScalarsOutOfRange_IsFalse()
    {
        var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(DsaInfo(Dsa1024.Value, withParameters: true)));
        var order = Dsa1024.Value.Q!;
        byte[] zero = new byte[order.Length], one = [.. new byte[order.Length - 1], 1];
        foreach (var (r, s) in new[] { (zero, one), (one, zero), (order, one), (one, order), (one, one) })
        {
            Assert.False(key.Verify(SignatureAlgorithm.DsaSha256, "x"u8, SignatureBytes.WriteDerSequence([.. r, .. s])));
        }
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_DsaWithoutParameters_InheritsThemFromTheIssuer()
    {
        var whole = DsaInfo(Dsa1024.Value, withParameters: true);
        var bare = DsaInfo(Dsa1024.Value, withParameters: false);
        var issuer = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(whole));
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);

        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(bare));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(bare, issuer: other.PublicKey));
        Assert.Equal(issuer, Refused.Not(PublicKey.FromSubjectPublicKeyInfo(bare, issuer: issuer)));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_DsaOutsideItsGroup_IsRefused()
    {
        var good = Dsa1024.Value;
        var (one, p) = (new byte[] { 1 }, good.P!);
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { Y = one }, true)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { Y = p }, true)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { Y = [.. p.AsSpan(0, 127), (byte)(p[127] - 1)] }, true)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { G = one }, true)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { Y = [3] }, true)));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { P = [1, .. p] }, true)));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(DsaInfo(good with { Q = good.Q![..19] }, true)));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_AnyMutantOfADsaKey_IsRefusedOrExportsToItself() => AssertMutants(DsaInfo(Dsa1024.Value, withParameters: true), 300);

    [Fact]
    public void FromSubjectPublicKeyInfo_RestrictedToPss_IsUnsupported()
    {
        using var rsa = RSA.Create(2048);
        var plain = rsa.ExportSubjectPublicKeyInfo();
        var pss = plain.ToArray();
        pss[plain.AsSpan().IndexOf(Convert.FromHexString("2A864886F70D010101")) + 8] = 0x0A;

        Refused.Not(PublicKey.FromSubjectPublicKeyInfo(plain));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(pss));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1536)]
    public void FromSubjectPublicKeyInfo_SmallRsa_IsReadOnlyWhenAskedFor(int bits)
    {
        using var rsa = RSA.Create(bits);
        var der = rsa.ExportSubjectPublicKeyInfo();
        var cache = new PublicKeyCache();

        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(der));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(der, bits + 1));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromPkcs1(rsa.ExportRSAPublicKey()));
        var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(der, bits));
        Assert.Equal(key, Refused.Not(PublicKey.FromPkcs1(rsa.ExportRSAPublicKey(), bits)));
        Assert.Equal(key, Refused.Not(cache.GetOrImport(PublicKeyEncoding.SubjectPublicKeyInfo, der, bits)));
        Assert.Equal(1, cache.Count);

        // Another caller's smaller bound is not this caller's.
        Refused.With(CryptographyErrorCodes.KeyUnsupported, cache.GetOrImport(PublicKeyEncoding.SubjectPublicKeyInfo, der));
        Assert.True(key.Verify(SignatureAlgorithm.RsaSha1, "x"u8, rsa.SignData("x"u8.ToArray(), HashAlgorithmName.SHA1, RSASignaturePadding.Pkcs1)));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_MinimumOutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicKey.FromSubjectPublicKeyInfo([], 1023));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicKey.FromPkcs1([], 1023));
        Assert.Throws<ArgumentOutOfRangeException>(() => PublicKey.FromRsa([1], [3], 8193));
    }

    [Theory]
    [InlineData("300A06082A8648CE3D040302", "SHA256")]
    [InlineData("300A06082A8648CE3D040303", "SHA384")]
    [InlineData("300A06082A8648CE3D040304", "SHA512")]
    [InlineData("300906072A8648CE3D0401", "SHA1")]
    public void Verify_EcdsaWithAnyHashOnAnyCurve_AgreesWithTheRuntime(string identifier, string hash)
    {
        foreach (var curve in new[] { ECCurve.NamedCurves.nistP256, ECCurve.NamedCurves.nistP384, ECCurve.NamedCurves.nistP521 })
        {
            using var ecdsa = ECDsa.Create(curve);
            var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(ecdsa.ExportSubjectPublicKeyInfo()));
            var signature = ecdsa.SignData("x"u8.ToArray(), new HashAlgorithmName(hash), DSASignatureFormat.Rfc3279DerSequence);

            Assert.True(SignatureAlgorithm.TryFromX509(Convert.FromHexString(identifier), key, out var algorithm));
            Assert.True(key.Verify(algorithm, "x"u8, signature));
            Assert.False(key.Verify(algorithm, "y"u8, signature));
        }
    }

    private static void AssertMutants(byte[] der, int count)
    {
        foreach (var mutant in new SeededMutator(3279).Mutate(der, count).Concat(SeededMutator.EveryTruncation(der)))
        {
            var result = PublicKey.FromSubjectPublicKeyInfo(mutant.Bytes);
            if (result.Succeeded)
            {
                Assert.Equal(mutant.Bytes, result.Value.ExportSubjectPublicKeyInfo());
            }
        }
    }

    private static byte[] DsaInfo(DSAParameters key, bool withParameters)
    {
        var y = new AsnWriter(AsnEncodingRules.DER);
        y.WriteIntegerUnsigned(Trimmed(key.Y!));
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier("1.2.840.10040.4.1");
                if (withParameters)
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteIntegerUnsigned(Trimmed(key.P!));
                        writer.WriteIntegerUnsigned(Trimmed(key.Q!));
                        writer.WriteIntegerUnsigned(Trimmed(key.G!));
                    }
                }
            }

            writer.WriteBitString(y.Encode());
        }

        return writer.Encode();
    }

    private static ReadOnlySpan<byte> Trimmed(ReadOnlySpan<byte> number) => number.TrimStart((byte)0);
}
