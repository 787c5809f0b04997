namespace MedId.Cryptography.Tests;

public sealed class DigestTests
{
    private static readonly byte[] Key = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    [Fact]
    public void KeyedDigest_ContextValueAndKey_EachChangeIt()
    {
        var digest = new KeyedDigest(Key);
        var stored = digest.Compute("user-code/t/u1", "1234");

        Assert.True(digest.Matches("user-code/t/u1", "1234", stored));
        Assert.False(digest.Matches("user-code/t/u1", "1235", stored));
        Assert.False(digest.Matches("user-code/t/u2", "1234", stored));
        Assert.False(digest.Matches("user-code/t/u", "11234", stored));
        Assert.False(new KeyedDigest([.. Key, 0xFF]).Matches("user-code/t/u1", "1234", stored));
        Assert.False(digest.Matches("user-code/t/u1", "1234", string.Empty));
        Assert.Equal(43, stored.Length);
        Assert.Throws<ArgumentException>(() => new KeyedDigest(Key.AsSpan(1)));
        Assert.Equal("KeyedDigest", digest.ToString());
    }

    [Fact]
    public void KeyedDigest_KnownInput_StaysTheSameForever() =>
        Assert.Equal("mGnut18D_HMFzcYAPpc5UD4Wfckv6LAM4AXMe2awEs0", new KeyedDigest(Key).Compute("context", "値"));

    [Fact]
    public void SecretDigest_LabelAndSecret_EachChangeIt()
    {
        var secret = SecretGenerator.Base64Url();
        var stored = SecretDigest.Compute("access_token", secret);

        Assert.True(SecretDigest.Matches("access_token", secret, stored));
        Assert.False(SecretDigest.Matches("auth_req_id", secret, stored));
        Assert.False(SecretDigest.Matches("access_token", secret + "x", stored));
        Assert.False(SecretDigest.Matches("access_token", secret, stored[..^1]));
    }

    [Fact]
    public void SecretDigest_KnownInput_StaysTheSameForever() =>
        Assert.Equal("-m2dJVwYiWP_EGqGa1NrMN1lG87hukm3gvjpVu8H0TY", SecretDigest.Compute("label", "secret"));

    [Theory]
    [InlineData(16, 22)]
    [InlineData(32, 43)]
    public void SecretGenerator_Bytes_GivesDistinctBase64Url(int bytes, int length)
    {
        var secrets = Enumerable.Range(0, 100).Select(_ => SecretGenerator.Base64Url(bytes)).ToList();

        Assert.Distinct(secrets);
        Assert.All(secrets, s => Assert.Equal(length, s.Length));
        Assert.All(secrets, s => Assert.True(StrictBase64Url.IsCanonical(s)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SecretGenerator.Base64Url(15));
    }
}
