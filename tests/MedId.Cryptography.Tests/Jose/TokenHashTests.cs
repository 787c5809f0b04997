namespace MedId.Cryptography.Tests;

public sealed class TokenHashTests
{
    private const string Token = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";

    [Fact]
    public void Compute_TokenOfOpenIdConnectCoreA4_GivesThePublishedHash() =>
        Assert.Equal("77QmUPtjPfzWtF2AnpK9RQ", TokenHash.Compute(SignatureAlgorithm.RS256, Token));

    [Theory]
    [InlineData("ES256", 22)]
    [InlineData("ES384", 32)]
    [InlineData("ES512", 43)]
    public void Matches_HashOfTheAlgorithm_IsTrueForThisTokenOnly(string name, int length)
    {
        var algorithm = TestKeys.Algorithm(name);
        var hash = TokenHash.Compute(algorithm, Token);

        Assert.Equal(length, hash.Length);
        Assert.True(TokenHash.Matches(algorithm, Token, hash));
        Assert.False(TokenHash.Matches(algorithm, Token + "x", hash));
        Assert.False(TokenHash.Matches(algorithm, Token, hash[..^1]));
        Assert.False(TokenHash.Matches(algorithm, Token, hash + "A"));
    }

    [Theory]
    [InlineData("ES256", 16)]
    [InlineData("PS384", 24)]
    [InlineData("Ed25519", 32)]
    [InlineData("Ed448", 57)]
    public void Compute_Algorithm_GivesHalfOfItsHash(string name, int length)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(name, out var algorithm));

        Assert.Equal(length, Refused.Not(StrictBase64Url.Decode(TokenHash.Compute(algorithm, "token"), 64)).Length);
    }
}
