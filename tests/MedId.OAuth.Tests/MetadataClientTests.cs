using System.Net;
using MedId.Consumers.TestSupport;

namespace MedId.OAuth.Tests;

public sealed class MetadataClientTests : IDisposable
{
    private readonly OpDouble _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task GetAsync_WithinTheLifetime_AsksOnce()
    {
        using var client = Client();
        Assert.True((await client.GetAsync()).Succeeded);
        _op.Time.Advance(TimeSpan.FromMinutes(59));
        await client.GetAsync();
        Assert.Single(_op.Requests);
        _op.Time.Advance(TimeSpan.FromMinutes(1));
        await client.GetAsync();
        Assert.Equal(2, _op.Requests.Count);
    }

    [Fact]
    public async Task GetAsync_AfterARefusal_AsksAgain()
    {
        using var client = Client();
        _op.Metadata["issuer"] = "https://other.example";
        Assert.Equal(OAuthErrorCodes.IssuerMismatch, (await client.GetAsync()).Error!.Code);
        _op.Metadata["issuer"] = OpDouble.Issuer;
        Assert.True((await client.GetAsync()).Succeeded);
    }

    [Fact]
    public async Task GetAsync_ServerInTrouble_IsItsStatus()
    {
        using var client = Client();
        _op.On(AuthorizationServerMetadata.WellKnownPath, _ => OpDouble.Answer(HttpStatusCode.ServiceUnavailable, "text/plain", ""));
        Assert.Equal(OAuthErrorCodes.TemporarilyUnavailable, (await client.GetAsync()).Error!.Code);
    }

    private MetadataClient Client() => new(new ProtocolHttpClient(_op.CreateClient(), time: _op.Time), OpDouble.Issuer, _op.Time);
}
