using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Tests;

public sealed class JwksClientTests : IDisposable
{
    private const string Url = OpDouble.Issuer + "/jwks";

    private readonly OpDouble _op = new();

    public void Dispose() => _op.Dispose();

    [Fact]
    public async Task GetAsync_WithinTheLifetime_AsksOnce()
    {
        using var client = Client();
        await client.GetAsync(Url);
        _op.Time.Advance(TimeSpan.FromMinutes(59));
        await client.GetAsync(Url);
        Assert.Single(_op.Requests);
        _op.Time.Advance(TimeSpan.FromMinutes(1));
        await client.GetAsync(Url);
        Assert.Equal(2, _op.Requests.Count);
    }

    [Fact]
    public async Task VerifyAsync_KeyThatIsNew_LooksAgainOnce()
    {
        using var client = Client();
        await client.GetAsync(Url);
        _op.Time.Advance(TimeSpan.FromSeconds(30));
        _op.Keys.Insert(0, LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-2"));
        var found = await client.VerifyAsync<Unit>(Url, keys => keys.Keys.Any(key => key.KeyId == "op-2") ? Unit.Value : NotFound());
        Assert.True(found.Succeeded);
        Assert.Equal(2, _op.Requests.Count);
    }

    [Fact]
    public async Task VerifyAsync_KeyThatNobodyHas_AsksNotMoreThanOncePerInterval()
    {
        using var client = Client();
        for (var attempt = 0; attempt < 100; attempt++)
        {
            var result = await client.VerifyAsync<Unit>(Url, _ => NotFound());
            Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, result.Error!.Code);
        }

        Assert.Single(_op.Requests);
        _op.Time.Advance(TimeSpan.FromSeconds(30));
        await client.VerifyAsync<Unit>(Url, _ => NotFound());
        await client.VerifyAsync<Unit>(Url, _ => NotFound());
        Assert.Equal(2, _op.Requests.Count);
    }

    [Fact]
    public async Task VerifyAsync_OtherRefusal_DoesNotLookAgain()
    {
        using var client = Client();
        await client.GetAsync(Url);
        _op.Time.Advance(TimeSpan.FromMinutes(10));
        await client.VerifyAsync<Unit>(Url, _ => new MedIdError(CryptographyErrorCodes.JoseSignatureInvalid, ErrorCategory.Untrusted, "§"));
        Assert.Single(_op.Requests);
    }

    [Fact]
    public async Task GetAsync_MoreSetsThanKept_ForgetsTheOldest()
    {
        using var client = new JwksClient(new ProtocolHttpClient(_op.CreateClient(), time: _op.Time), _op.Time) { MaxSets = 2 };
        foreach (var name in new[] { "a", "b", "c" })
        {
            _op.On("/" + name, _ => OpDouble.Answer(System.Net.HttpStatusCode.OK, "application/json", """{"keys":[]}"""));
            await client.GetAsync($"{OpDouble.Issuer}/{name}");
            _op.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await client.GetAsync(OpDouble.Issuer + "/c");
        Assert.Equal(3, _op.Requests.Count);
        await client.GetAsync(OpDouble.Issuer + "/a");
        Assert.Equal(4, _op.Requests.Count);
    }

    [Fact]
    public async Task GetAsync_ManyAtOnce_AsksOnce()
    {
        using var client = Client();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.GetAsync(Url).AsTask()));
        Assert.Single(_op.Requests);
    }

    private JwksClient Client() => new(new ProtocolHttpClient(_op.CreateClient(), time: _op.Time), _op.Time);

    private static MedIdError NotFound() => new(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 7515");
}
