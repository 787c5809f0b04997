namespace MedId.OAuth.Server.Tests;

public sealed class ScopeListTests
{
    [Fact]
    public void TryParse_Tokens_KeepsOrder()
    {
        Assert.True(ScopeList.TryParse("patient/*.read openid conf/R", out var scopes));
        Assert.Equal(["patient/*.read", "openid", "conf/R"], scopes);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("openid ")]
    [InlineData(" openid")]
    [InlineData("openid  a")]
    [InlineData("openid\ta")]
    [InlineData("openid openid")]
    [InlineData("a\"b")]
    [InlineData("a\\b")]
    [InlineData("薬")]
    public void TryParse_MalformedValue_IsRefused(string? value) => Assert.False(ScopeList.TryParse(value, out _));

    [Fact]
    public void TryParse_Limits_AreExact()
    {
        Assert.True(ScopeList.TryParse(new string('a', ScopeList.MaxLength), out _));
        Assert.False(ScopeList.TryParse(new string('a', ScopeList.MaxLength + 1), out _));
        Assert.True(ScopeList.TryParse(string.Join(' ', Enumerable.Range(0, 100)), out _));
        Assert.False(ScopeList.TryParse(string.Join(' ', Enumerable.Range(0, 101)), out _));
    }
}
