namespace MedId.Ciba.Server.Tests;

public sealed class RequestedExpiryTests
{
    [Theory]
    [InlineData("1", 1)]
    [InlineData("0120", 120)]
    [InlineData("999999999", 999999999)]
    [InlineData("2147483648", int.MaxValue)]
    [InlineData("99999999999999999999999999999999", int.MaxValue)]
    public void TryParse_PositiveInteger_IsRead(string text, int seconds)
    {
        Assert.True(RequestedExpiry.TryParse(text, out var expiry));
        Assert.Equal(TimeSpan.FromSeconds(seconds), expiry);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("000")]
    [InlineData("-1")]
    [InlineData("+1")]
    [InlineData("1.0")]
    [InlineData("1e2")]
    [InlineData(" 1")]
    [InlineData("１")]
    [InlineData("999999999999999999999999999999999")]
    public void TryParse_SomethingElse_IsRefused(string text) => Assert.False(RequestedExpiry.TryParse(text, out _));
}
