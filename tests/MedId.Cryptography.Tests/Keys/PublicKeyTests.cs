using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class PublicKeyTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("本人の同意");

    public static TheoryData<string> Ecdsa => [.. TestKeys.Signing.Where(a => a.KeyKind != KeyKind.Rsa).Select(a => a.Name)];

    [Fact]
    public void Thumbprint_Rfc7638Key_IsThePublishedOne() =>
        Assert.Equal("NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs", Read(PublishedVectors.Rfc7638Key).Thumbprint);

    [Theory]
    [MemberData(nameof(Ecdsa))]
    public void Verify_ScalarsOutOfRange_IsFalse(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var length = EllipticCurve.Of(algorithm.KeyKind)!.FieldLength;
        var order = Order(algorithm.KeyKind);
        byte[] zero = new byte[length];
        byte[] one = [.. new byte[length - 1], 1];
        byte[] most = [.. Enumerable.Repeat((byte)0xFF, length)];

        foreach (var (r, s) in new[] { (zero, one), (one, zero), (zero, zero), (order, one), (one, order), (order, order), (most, one), (one, most), (one, one) })
        {
            byte[] fields = [.. r, .. s];
            Assert.False(key.PublicKey.Verify(algorithm, Data, algorithm.Encoding == SignatureEncoding.FixedFields ? fields : SignatureBytes.WriteDerSequence(fields)));
        }
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("secp256r1_ecdsa_sha256_der")]
    [InlineData("PS256")]
    [InlineData("rsassa_pss_sha256_der")]
    public async Task Verify_AnyMutantOfTheSignature_IsFalse(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var signature = await key.SignAsync(Data);

        foreach (var mutant in new SeededMutator(186).Mutate(signature, 3_000).Concat(SeededMutator.EveryTruncation(signature)))
        {
            Assert.False(key.PublicKey.Verify(algorithm, Data, mutant.Bytes), mutant.How);
        }
    }

    [Fact]
    public async Task Verify_ManyThreadsOneKey_EveryAnswerIsRight()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var signature = await key.SignAsync(Data);
        byte[] other = [.. Data, 1];
        var wrong = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() =>
            Enumerable.Range(0, 300).Count(i => key.PublicKey.Verify(SignatureAlgorithm.ES256, i % 2 == 0 ? Data : other, signature) != (i % 2 == 0)))));

        Assert.Equal(0, wrong.Sum());
    }

    [Theory]
    [InlineData(KeyKind.P256)]
    [InlineData(KeyKind.P384)]
    [InlineData(KeyKind.P521)]
    [InlineData(KeyKind.Secp256k1)]
    [InlineData(KeyKind.Rsa)]
    public void ExportSubjectPublicKeyInfo_Key_ReadsBackEqual(KeyKind kind)
    {
        using var key = TestKeys.For(SignatureAlgorithm.All.First(a => a.KeyKind == kind));
        var der = key.PublicKey.ExportSubjectPublicKeyInfo();
        var copy = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(der));

        Assert.Equal(key.PublicKey, copy);
        Assert.Equal(key.PublicKey.GetHashCode(), copy.GetHashCode());
        Assert.Equal(key.PublicKey.Thumbprint, copy.Thumbprint);
        Assert.Equal((kind, key.PublicKey.SizeInBits), (copy.Kind, copy.SizeInBits));
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("ES384")]
    [InlineData("ES512")]
    [InlineData("PS256")]
    public void ToJwk_Key_ReadsBackEqualAndHasNoSecret(string name)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(name, out var algorithm));
        using var key = TestKeys.For(algorithm, "k-1");
        var element = Json.Parse(Encoding.UTF8.GetString(Write(key.ToJwk())));
        var copy = Refused.Not(JsonWebKey.Parse(element));

        Assert.Equal(key.PublicKey, copy.Key);
        Assert.Equal(("k-1", algorithm), (copy.KeyId, copy.Algorithm));
        Assert.Equal("sig", element.GetProperty("use").GetString());
        Assert.False(element.TryGetProperty("d", out _));
    }

    [Fact]
    public void ToJwk_AlgorithmThatDoesNotFit_Throws()
    {
        var key = Read(PublishedVectors.Rfc7515A3Key);

        Assert.Throws<ArgumentException>(() => key.ToJwk("k", SignatureAlgorithm.ES384));
        Assert.Throws<ArgumentException>(() => key.ToJwk("k", SignatureAlgorithm.EcdsaP256Der));
    }

    [Fact]
    public void Equals_AnotherKey_IsFalse()
    {
        var key = Read(PublishedVectors.Rfc7515A3Key);

        Assert.False(key.Equals(Read(PublishedVectors.Rfc7515A4Key)));
        Assert.False(key.Equals(null));
        Assert.False(key.Equals((object)"key"));
        Assert.Equal("P256 " + key.Thumbprint, key.ToString());
    }

    internal static byte[] Order(KeyKind kind) => Convert.FromHexString(kind switch
    {
        KeyKind.P256 => "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551",
        KeyKind.P384 => "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973",
        KeyKind.P521 => "01FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409",
        _ => "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141",
    });

    private static PublicKey Read(string jwk) => Refused.Not(PublicKey.FromJwk(Json.Parse(jwk)));

    private static byte[] Write(JsonWebKey key)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            key.WriteTo(writer);
        }

        return stream.ToArray();
    }
}
