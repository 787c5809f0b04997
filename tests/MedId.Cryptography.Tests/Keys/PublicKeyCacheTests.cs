namespace MedId.Cryptography.Tests;

public sealed class PublicKeyCacheTests
{
    private static readonly byte[][] Points =
        [.. Enumerable.Range(0, 6).Select(_ => LocalSigningKey.Generate(SignatureAlgorithm.ES256).PublicKey.ExportSubjectPublicKeyInfo()[^65..])];

    [Fact]
    public void GetOrImport_SameBytes_GivesTheSameKey()
    {
        var cache = new PublicKeyCache(4);
        var key = Get(cache, 0);

        Assert.Same(key, Refused.Not(cache.GetOrImport(PublicKeyEncoding.UncompressedPointP256, (byte[])Points[0].Clone())));
        Assert.NotEqual(key, Get(cache, 1));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void GetOrImport_SameBytesOfAnotherEncoding_IsAnotherQuestion()
    {
        var cache = new PublicKeyCache();
        Get(cache, 0);

        Refused.With(CryptographyErrorCodes.KeyPointNotOnCurve, cache.GetOrImport(PublicKeyEncoding.UncompressedPointSecp256k1, Points[0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, cache.GetOrImport(PublicKeyEncoding.SubjectPublicKeyInfo, Points[0]));
        Refused.With(CryptographyErrorCodes.KeyMalformed, cache.GetOrImport(PublicKeyEncoding.Pkcs1, Points[0]));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void GetOrImport_Full_DropsTheLeastRecentlyUsed()
    {
        var cache = new PublicKeyCache(2);
        var (first, second) = (Get(cache, 0), Get(cache, 1));
        Assert.Same(first, Get(cache, 0));
        Get(cache, 2);

        Assert.Equal(2, cache.Count);
        Assert.Same(first, Get(cache, 0));
        Assert.NotSame(second, Get(cache, 1));
    }

    [Fact]
    public void GetOrImport_UafRsaRaw_IsModulusThenExponent()
    {
        var cache = new PublicKeyCache();
        var jwk = Json.Parse(PublishedVectors.Rfc7638Key);
        var modulus = Refused.Not(StrictBase64Url.Decode(jwk.GetProperty("n").GetString(), 256));
        var expected = Refused.Not(PublicKey.FromJwk(jwk));

        Assert.Equal(expected, Refused.Not(cache.GetOrImport(PublicKeyEncoding.Rsa2048ModulusThenExponent, [.. modulus, 1, 0, 1])));
        Assert.Equal(expected, Refused.Not(cache.GetOrImport(PublicKeyEncoding.Rsa2048ModulusThenExponent, [.. modulus, 0, 1, 0, 1])));
        Refused.With(CryptographyErrorCodes.KeyMalformed, cache.GetOrImport(PublicKeyEncoding.Rsa2048ModulusThenExponent, modulus));
        Refused.With(CryptographyErrorCodes.KeyMalformed, cache.GetOrImport(PublicKeyEncoding.Rsa2048ModulusThenExponent, [.. modulus, 0]));
    }

    [Fact]
    public async Task GetOrImport_ManyThreads_StaysBoundedAndRight()
    {
        var cache = new PublicKeyCache(3);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var index = (worker + i) % Points.Length;
                Assert.Equal(Points[index], Get(cache, index).ExportSubjectPublicKeyInfo()[^65..]);
                Assert.InRange(cache.Count, 1, 3);
            }
        })));
    }

    [Fact]
    public void Constructor_NoCapacity_Throws() => Assert.Throws<ArgumentOutOfRangeException>(() => new PublicKeyCache(0));

    private static PublicKey Get(PublicKeyCache cache, int index) => Refused.Not(cache.GetOrImport(PublicKeyEncoding.UncompressedPointP256, Points[index]));
}
