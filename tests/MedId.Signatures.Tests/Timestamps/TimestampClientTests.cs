using System.Net;
using System.Net.Http.Headers;

namespace MedId.Signatures.Tests;

/// <summary>The HTTP binding (RFC 3161 §3.4).</summary>
public sealed class TimestampClientTests
{
    private static readonly Uri Service = new("https://tsa.example/stamp");
    private static readonly TimestampRequest Request = TimestampRequest.Create("data"u8);

    [Fact]
    public async Task StampAsync_Granted_IsTheToken()
    {
        HttpRequestMessage? sent = null;
        byte[]? body = null;
        using var http = Http(async message =>
        {
            sent = message;
            body = await message.Content!.ReadAsByteArrayAsync();
            return Reply(TimestampResponseTests.Response(TimestampResponseTests.Answer(Request), 0));
        });

        var token = await new TimestampClient(http, Service).StampAsync(Request);

        Assert.True(token.Succeeded, token.Error?.ToString());
        Assert.Equal(HttpMethod.Post, sent!.Method);
        Assert.Equal("application/timestamp-query", sent.Content!.Headers.ContentType!.ToString());
        Assert.Equal(Request.RawData.ToArray(), body);
    }

    [Fact]
    public async Task StampAsync_AnswerThatIsNoTimestamp_IsRefused()
    {
        var good = TimestampResponseTests.Response(TimestampResponseTests.Answer(Request), 0);

        Assert.Equal(SignaturesErrorCodes.TspBadAnswer, await CodeAsync(Reply(good, HttpStatusCode.Created)));
        Assert.Equal(SignaturesErrorCodes.TspBadAnswer, await CodeAsync(Reply(good, HttpStatusCode.Found)));
        Assert.Equal(SignaturesErrorCodes.TspBadAnswer, await CodeAsync(Reply(good, mediaType: "text/html")));
        Assert.Equal(SignaturesErrorCodes.TspMalformed, await CodeAsync(Reply([])));
    }

    [Fact]
    public async Task StampAsync_AnswerBeyondTheLimit_IsRefusedWhetherAnnouncedOrNot()
    {
        Assert.Equal(SignaturesErrorCodes.TspMalformed, await CodeAsync(Reply(new byte[TimestampClient.MaxResponseBytes])));
        Assert.Equal(SignaturesErrorCodes.TspBadAnswer, await CodeAsync(Reply(new byte[TimestampClient.MaxResponseBytes + 1])));
        var unannounced = Reply(new byte[TimestampClient.MaxResponseBytes + 1]);
        unannounced.Content = new StreamContent(new Unseekable(new byte[TimestampClient.MaxResponseBytes + 1]));
        unannounced.Content.Headers.ContentType = new MediaTypeHeaderValue(TimestampResponse.MediaType);
        Assert.Null(unannounced.Content.Headers.ContentLength);
        Assert.Equal(SignaturesErrorCodes.TspBadAnswer, await CodeAsync(unannounced));
    }

    [Fact]
    public async Task StampAsync_ServiceNotThere_Throws()
    {
        using var http = Http(_ => throw new HttpRequestException("not there"));

        await Assert.ThrowsAsync<HttpRequestException>(() => new TimestampClient(http, Service).StampAsync(Request));
    }

    [Theory]
    [InlineData("ftp://tsa.example")]
    [InlineData("file:///tsa")]
    [InlineData("/stamp")]
    public void Constructor_NoHttpUri_Throws(string uri)
    {
        using var http = Http(_ => throw new InvalidOperationException());

        Assert.Throws<ArgumentException>(() => new TimestampClient(http, new Uri(uri, UriKind.RelativeOrAbsolute)));
    }

    private static async Task<string?> CodeAsync(HttpResponseMessage response)
    {
        using var http = Http(_ => Task.FromResult(response));
        return (await new TimestampClient(http, Service).StampAsync(Request)).Error?.Code;
    }

    private static HttpClient Http(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) => new(new Handler(answer));

    private static HttpResponseMessage Reply(byte[] body, HttpStatusCode status = HttpStatusCode.OK, string mediaType = TimestampResponse.MediaType)
    {
        var response = new HttpResponseMessage(status) { Content = new ByteArrayContent(body) };
        response.Content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return response;
    }

    private sealed class Handler(Func<HttpRequestMessage, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => answer(request);
    }

    private sealed class Unseekable(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
