using System.Security.Cryptography;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class PublicKeyImportTests
{
    private static readonly byte[] Modulus = Decode("n", PublishedVectors.Rfc7638Key);
    private static readonly byte[] X = Decode("x", PublishedVectors.Rfc7515A3Key);
    private static readonly byte[] Y = Decode("y", PublishedVectors.Rfc7515A3Key);

    private static readonly string EcJwk = PublishedVectors.Rfc7515A3Key;

    public static TheoryData<string, string> EcChanges => new()
    {
        { EcJwk.Replace("\"EC\"", "\"OKP\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyUnsupported },
        { EcJwk.Replace("\"EC\"", "\"ec\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyUnsupported },
        { EcJwk.Replace("\"EC\"", "1", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("\"kty\"", "\"kt\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("P-256", "secp256k1", StringComparison.Ordinal), CryptographyErrorCodes.KeyPointNotOnCurve },
        { EcJwk.Replace("P-256", "P-224", StringComparison.Ordinal), CryptographyErrorCodes.KeyUnsupported },
        { EcJwk.Replace("P-256", "P-384", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("\"x\"", "\"X\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("f83O", "f83P", StringComparison.Ordinal), CryptographyErrorCodes.KeyPointNotOnCurve },
        { EcJwk.Replace("RVEU\"", "RVEV\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("RVEU\"", "RVEU=\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("\"f83O", "\"AAf83O", StringComparison.Ordinal), CryptographyErrorCodes.KeyMalformed },
        { EcJwk.Replace("\"kty\"", "\"d\":\"AA\",\"kty\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyPrivateMember },
        { EcJwk.Replace("\"kty\"", "\"k\":\"AA\",\"kty\"", StringComparison.Ordinal), CryptographyErrorCodes.KeyPrivateMember },
        { "[]", CryptographyErrorCodes.KeyMalformed },
    };

    [Fact]
    public void FromJwk_PublishedKeys_AreRead()
    {
        Assert.Equal((KeyKind.P256, 256), Describe(PublishedVectors.Rfc7515A3Key));
        Assert.Equal((KeyKind.P521, 521), Describe(PublishedVectors.Rfc7515A4Key));
        Assert.Equal((KeyKind.Rsa, 2048), Describe(PublishedVectors.Rfc7638Key));
    }

    [Theory]
    [MemberData(nameof(EcChanges))]
    public void FromJwk_OneChange_IsRefused(string jwk, string code) => Refused.With(code, PublicKey.FromJwk(Json.Parse(jwk)));

    [Fact]
    public void FromJwk_RsaWithLeadingZero_IsRefused()
    {
        var n = StrictBase64Url.Encode([0, .. Modulus]);

        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromJwk(Json.Parse($$"""{"kty":"RSA","n":"{{n}}","e":"AQAB"}""")));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromJwk(Json.Parse("""{"kty":"RSA","e":"AQAB"}""")));
    }

    [Theory]
    [InlineData("03")]
    [InlineData("05")]
    [InlineData("010001")]
    [InlineData("FFFFFFFFFFFFFFFF")]
    public void FromRsa_ExponentWithinBounds_IsRead(string exponent) => Refused.Not(PublicKey.FromRsa(Modulus, Convert.FromHexString(exponent)));

    [Theory]
    [InlineData("")]
    [InlineData("00")]
    [InlineData("01")]
    [InlineData("02")]
    [InlineData("04")]
    [InlineData("010000")]
    [InlineData("0003")]
    [InlineData("010000000000000001")]
    public void FromRsa_ExponentOutOfBounds_IsRefused(string exponent) =>
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromRsa(Modulus, Convert.FromHexString(exponent)));

    [Fact]
    public void FromRsa_Size_IsFrom2048To8192Bits()
    {
        byte[] Odd(int bytes, byte first) => [first, .. new byte[bytes - 2], 1];

        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromRsa(Odd(128, 0x80), [3]));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromRsa(Odd(256, 0x7F), [3]));
        Assert.Equal(2048, Refused.Not(PublicKey.FromRsa(Odd(256, 0x80), [3])).SizeInBits);
        Assert.Equal(8192, Refused.Not(PublicKey.FromRsa(Odd(1024, 0xFF), [3])).SizeInBits);
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromRsa(Odd(1025, 0x01), [3]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromRsa([.. Modulus[..^1], 0], [3]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromRsa([0, .. Modulus], [3]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromRsa([], [3]));
    }

    [Fact]
    public void FromUncompressedPoint_Forms_OnlyTheFullPointIsRead()
    {
        byte[] point = [0x04, .. X, .. Y];
        var key = Refused.Not(PublicKey.FromUncompressedPoint(KeyKind.P256, point));

        Assert.Equal(Refused.Not(PublicKey.FromJwk(Json.Parse(EcJwk))), key);
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromUncompressedPoint(KeyKind.Secp256k1, point));
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x04, .. Y, .. X]));
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x04, .. new byte[64]]));
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x04, .. Enumerable.Repeat((byte)0xFF, 64)]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x05, .. X, .. Y]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x02, .. X]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromUncompressedPoint(KeyKind.P256, [.. point, 0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromUncompressedPoint(KeyKind.P256, [0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromUncompressedPoint(KeyKind.P256, []));
        Assert.Throws<ArgumentException>(() => PublicKey.FromUncompressedPoint(KeyKind.Rsa, point));
    }

    [Fact]
    public void FromUncompressedPoint_CoordinateNotBelowThePrime_IsRefused()
    {
        // x = 5 is on P-256 with this y; p + 5 names the same residue and must not name the same key.
        var y = Convert.FromHexString("459243B9AA581806FE913BCE99817ADE11CA503C64D9A3C533415C083248FBCC");
        var above = Convert.FromHexString("FFFFFFFF00000001000000000000000000000001000000000000000000000004");
        byte[] five = [.. new byte[31], 5];

        Refused.Not(PublicKey.FromUncompressedPoint(KeyKind.P256, [0x04, .. five, .. y]));
        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, PublicKey.FromUncompressedPoint(KeyKind.P256, [0x04, .. above, .. y]));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_OtherAlgorithms_AreUnsupported()
    {
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(Convert.FromHexString("302A300506032B656E032100" + new string('0', 64))));
        using var brainpool = ECDsa.Create(ECCurve.NamedCurves.brainpoolP256r1);
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(brainpool.ExportSubjectPublicKeyInfo()));
        using var explicitCurve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var explicitCopy = ECDsa.Create(explicitCurve.ExportExplicitParameters(includePrivateParameters: false));
        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(explicitCopy.ExportSubjectPublicKeyInfo()));
    }

    [Fact]
    public void FromSubjectPublicKeyInfo_CompressedPoint_IsUnsupported()
    {
        var der = Refused.Not(PublicKey.FromJwk(Json.Parse(EcJwk))).ExportSubjectPublicKeyInfo();
        byte[] compressed = [0x30, 0x39, .. der[2..23], 0x03, 0x22, 0x00, (byte)(2 | (Y[^1] & 1)), .. X];

        Refused.With(CryptographyErrorCodes.KeyUnsupported, PublicKey.FromSubjectPublicKeyInfo(compressed));
    }

    [Fact]
    public void FromPkcs1_Key_IsReadAndNothingElseIs()
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Modulus, Exponent = [1, 0, 1] });
        var der = rsa.ExportRSAPublicKey();

        Assert.Equal(Refused.Not(PublicKey.FromRsa(Modulus, [1, 0, 1])), Refused.Not(PublicKey.FromPkcs1(der)));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromPkcs1([.. der, 0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromPkcs1(rsa.ExportSubjectPublicKeyInfo()));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromPkcs1([0x30, 0x06, 0x02, 0x01, 0x81, 0x02, 0x01, 0x03]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, PublicKey.FromPkcs1([]));
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.Rsa)]
    public void FromSubjectPublicKeyInfo_AnyMutant_IsRefusedOrExportsToItself(KeyKind kind)
    {
        var der = Refused.Not(PublicKey.FromJwk(Json.Parse(kind == KeyKind.Rsa ? PublishedVectors.Rfc7638Key : EcJwk))).ExportSubjectPublicKeyInfo();
        foreach (var mutant in new SeededMutator(5280).Mutate(der, 5_000).Concat(SeededMutator.EveryTruncation(der)))
        {
            var result = PublicKey.FromSubjectPublicKeyInfo(mutant.Bytes);
            if (result.Succeeded)
            {
                Assert.Equal(mutant.Bytes, result.Value.ExportSubjectPublicKeyInfo());
            }
        }
    }

    private static (KeyKind Kind, int Size) Describe(string jwk)
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(jwk)));
        return (key.Kind, key.SizeInBits);
    }

    private static byte[] Decode(string member, string jwk) => Refused.Not(StrictBase64Url.Decode(Json.Parse(jwk).GetProperty(member).GetString(), 1024));
}
