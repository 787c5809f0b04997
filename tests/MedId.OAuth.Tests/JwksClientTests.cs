using System.Net;
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

    [Fact]
    public async Task GetAsync_UrlThatFails_KeepsTheLastGoodSetForADay()
    {
        using var client = Client();
        var good = (await client.GetAsync(Url)).Value;
        foreach (var failing in new Func<HttpResponseMessage>[]
        {
            () => throw new HttpRequestException("synthetic"),
            () => OpDouble.Answer(HttpStatusCode.InternalServerError, "text/html", "trouble"),
            () => OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":1}"),
        })
        {
            _op.On("/jwks", _ => failing());
            _op.Time.Advance(TimeSpan.FromHours(2));
            Assert.Same(good, (await client.GetAsync(Url)).Value);
        }

        _op.On("/jwks", _ => throw new HttpRequestException("synthetic"));
        _op.Time.Advance(TimeSpan.FromHours(25) - TimeSpan.FromHours(6) - TimeSpan.FromSeconds(1));
        Assert.Same(good, (await client.GetAsync(Url)).Value);
        _op.Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Url).AsTask());
    }

    [Fact]
    public async Task GetAsync_UrlThatFails_IsLeftAloneForAWhile()
    {
        using var client = Client();
        _op.On("/jwks", _ => throw new HttpRequestException("synthetic"));
        for (var attempt = 0; attempt < 50; attempt++)
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(Url).AsTask());
        }

        Assert.Single(_op.Requests);
        _op.Time.Advance(TimeSpan.FromSeconds(5));
        _op.On("/jwks", _ => OpDouble.Answer(HttpStatusCode.NotFound, "text/plain", "no"));
        Assert.False((await client.GetAsync(Url)).Succeeded);
        Assert.False((await client.GetAsync(Url)).Succeeded);
        Assert.Equal(2, _op.Requests.Count);
        _op.Time.Advance(TimeSpan.FromSeconds(5));
        _op.On("/jwks", _ => OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":[]}"));
        Assert.True((await client.GetAsync(Url)).Succeeded);
    }

    [Fact]
    public async Task VerifyAsync_UnknownKeyWhileTheUrlFails_IsTheVerifiersRefusal()
    {
        using var client = Client();
        await client.GetAsync(Url);
        _op.Time.Advance(TimeSpan.FromMinutes(1));
        _op.On("/jwks", _ => throw new HttpRequestException("synthetic"));
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, (await client.VerifyAsync<Unit>(Url, _ => NotFound())).Error?.Code);
        Assert.True((await client.VerifyAsync<Unit>(Url, _ => Unit.Value)).Succeeded);
    }

    [Fact]
    public async Task GetAsync_SlowUrl_KeepsNobodyElseWaiting()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        using var http = new HttpClient(new Slow(url => url.AbsolutePath == "/slow" ? answer.Task : Task.FromResult(OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":[]}"))));
        using var client = new JwksClient(new ProtocolHttpClient(http, time: _op.Time), _op.Time);
        var waiting = client.GetAsync(OpDouble.Issuer + "/slow").AsTask();
        Assert.True((await client.GetAsync(Url)).Succeeded);
        Assert.False(waiting.IsCompleted);
        answer.SetResult(OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":[]}"));
        Assert.True((await waiting).Succeeded);
    }

    [Fact]
    public async Task GetAsync_WhileSomebodyAsksAgain_TheOthersTakeWhatIsThere()
    {
        var answers = new Queue<Task<HttpResponseMessage>>();
        var second = new TaskCompletionSource<HttpResponseMessage>();
        answers.Enqueue(Task.FromResult(OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":[]}")));
        answers.Enqueue(second.Task);
        using var http = new HttpClient(new Slow(_ => answers.Dequeue()));
        using var client = new JwksClient(new ProtocolHttpClient(http, time: _op.Time), _op.Time);
        var first = (await client.GetAsync(Url)).Value;
        _op.Time.Advance(TimeSpan.FromHours(1));
        var asking = client.GetAsync(Url).AsTask();
        Assert.Same(first, (await client.GetAsync(Url)).Value);
        second.SetResult(OpDouble.Answer(HttpStatusCode.OK, "application/json", "{\"keys\":[]}"));
        var newer = (await asking).Value;
        Assert.NotSame(first, newer);
        Assert.Same(newer, (await client.GetAsync(Url)).Value);
    }

    private sealed class Slow(Func<Uri, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await answer(request.RequestUri!);
            response.RequestMessage = request;
            return response;
        }
    }

    private JwksClient Client() => new(new ProtocolHttpClient(_op.CreateClient(), time: _op.Time), _op.Time);

    private static MedIdError NotFound() => new(CryptographyErrorCodes.JoseKeyNotFound, ErrorCategory.Untrusted, "RFC 7515");
}
