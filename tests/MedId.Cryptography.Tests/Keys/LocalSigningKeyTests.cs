using System.Text;

namespace MedId.Cryptography.Tests;

public sealed class LocalSigningKeyTests
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("診療情報提供書");

    public static TheoryData<string> Names => [.. TestKeys.Signing.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_EveryAlgorithm_VerifiesAndNothingElseDoes(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var signature = await key.SignAsync(Data);

        Assert.True(key.PublicKey.Verify(algorithm, Data, signature));
        Assert.False(key.PublicKey.Verify(algorithm, [.. Data, 0], signature));
        Assert.False(key.PublicKey.Verify(algorithm, Data, []));
        Assert.False(key.PublicKey.Verify(algorithm, Data, [.. signature, 0]));
        Assert.False(key.PublicKey.Verify(algorithm, Data, signature.AsSpan(1)));
        Assert.All(SignatureAlgorithm.All.Where(a => a != algorithm), other => Assert.False(key.PublicKey.Verify(other, Data, signature)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task FromPkcs8_ExportedKey_IsTheSameKey(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        using var copy = LocalSigningKey.FromPkcs8(key.ExportPkcs8(), algorithm);

        Assert.Equal(key.PublicKey, copy.PublicKey);
        Assert.Equal(key.PublicKey.Thumbprint, copy.KeyId);
        var signature = await copy.SignAsync(Data);
        Assert.True(key.PublicKey.Verify(algorithm, Data, signature));
    }

    [Fact]
    public void Generate_WeakOrEdwards_Throws() => Assert.All(
        SignatureAlgorithm.All.Except(TestKeys.Signing), a => Assert.Throws<ArgumentException>(() => LocalSigningKey.Generate(a)));

    [Fact]
    public void Generate_Rsa_Has3072Bits()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.PS256);

        Assert.Equal((KeyKind.Rsa, 3072), (key.PublicKey.Kind, key.PublicKey.SizeInBits));
    }

    [Fact]
    public void FromPkcs8_KeyOfAnotherKind_Throws()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var pkcs8 = key.ExportPkcs8();

        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.ES384));
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8(pkcs8, SignatureAlgorithm.PS256));
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8([.. pkcs8, 0], SignatureAlgorithm.ES256));
        Assert.Throws<ArgumentException>(() => LocalSigningKey.FromPkcs8([1, 2, 3], SignatureAlgorithm.ES256));
    }

    [Fact]
    public async Task SignAsync_ManyThreads_EverySignatureVerifies()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var signed = await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var good = 0;
            for (var i = 0; i < 200; i++)
            {
                byte[] data = [(byte)worker, (byte)i];
                var signature = await key.SignAsync(data);
                good += key.PublicKey.Verify(key.Algorithm, data, signature) ? 1 : 0;
            }

            return good;
        })));

        Assert.Equal(8 * 200, signed.Sum());
    }

    [Fact]
    public async Task SignAsync_Disposed_Throws()
    {
        var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        key.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await key.SignAsync(Data));
        Assert.Throws<ObjectDisposedException>(key.ExportPkcs8);
    }

    [Fact]
    public void ToString_Key_ShowsAlgorithmAndIdOnly()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "k1");

        Assert.Equal("ES256 k1", key.ToString());
    }
}
