namespace MedId.OAuth.Tests;

public class EndpointUrlTests
{
    [Theory]
    [InlineData("https://op.example/token", false)]
    [InlineData("https://op.example:8443/t?x=1", false)]
    [InlineData("http://127.0.0.1:5001/token", true)]
    [InlineData("http://[::1]:5001/token", true)]
    [InlineData("http://localhost:5001/token", true)]
    public void Parse_Allowed_GivesTheUrl(string url, bool loopback) => Assert.True(EndpointUrl.Parse(url, loopback).Succeeded);

    [Theory]
    [InlineData("http://127.0.0.1:5001/token", false)]
    [InlineData("http://op.example/token", true)]
    [InlineData("http://127.0.0.1.example/token", true)]
    [InlineData("http://localhost.example/token", true)]
    [InlineData("https://user:pw@op.example/token", false)]
    [InlineData("https://op.example/token#x", false)]
    [InlineData("ftp://127.0.0.1/token", true)]
    [InlineData("/token", true)]
    [InlineData("", true)]
    [InlineData(null, true)]
    public void Parse_NotAllowed_IsRefused(string? url, bool loopback) => Assert.Equal(OAuthErrorCodes.EndpointNotHttps, EndpointUrl.Parse(url, loopback).Error!.Code);
}
