using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using MedId.Consumers.TestSupport;

namespace MedId.OAuth.Tests;

public sealed class ProtocolHttpClientTests : IDisposable
{
    private const string Url = OpDouble.Issuer + "/doc";

    private readonly OpDouble _op = new();

    public void Dispose() => _op.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.MovedPermanently)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    [InlineData(HttpStatusCode.NotModified)]
    public async Task GetAsync_Redirect_IsRefused(HttpStatusCode status)
    {
        _op.On("/doc", _ => new HttpResponseMessage(status) { Headers = { Location = new Uri("https://elsewhere.example/") } });
        Assert.Equal(OAuthErrorCodes.RedirectRefused, (await Client().GetAsync("doc", Url)).Error!.Code);
    }

    [Fact]
    public async Task GetAsync_HandlerFollowedARedirect_IsRefused()
    {
        _op.On("/doc", _ => new HttpResponseMessage(HttpStatusCode.OK)
        {
            RequestMessage = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/"),
            Content = new StringContent("{}"),
        });
        Assert.Equal(OAuthErrorCodes.RedirectRefused, (await Client().GetAsync("doc", Url)).Error!.Code);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task GetAsync_SizeAtTheLimit_IsExact(int size, bool accepted)
    {
        _op.On("/doc", _ => OpDouble.Answer(HttpStatusCode.OK, "application/json", new string('x', size)));
        Assert.Equal(accepted ? null : OAuthErrorCodes.ResponseTooLarge, (await Client().GetAsync("doc", Url)).Error?.Code);
    }

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public async Task GetAsync_SizeThatNobodyAnnounced_IsCounted(int size, bool accepted)
    {
        _op.On("/doc", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new Unannounced(new byte[size])) });
        Assert.Equal(accepted ? null : OAuthErrorCodes.ResponseTooLarge, (await Client().GetAsync("doc", Url)).Error?.Code);
    }

    [Fact]
    public async Task GetAsync_NoAnswerInTime_IsATimeout()
    {
        _op.OnLater("/doc", _ => new TaskCompletionSource<HttpResponseMessage>().Task);
        var asked = Client().GetAsync("doc", Url);
        _op.Time.Advance(TimeSpan.FromSeconds(9.9));
        Assert.False(asked.IsCompleted);
        _op.Time.Advance(TimeSpan.FromSeconds(0.1));
        await Assert.ThrowsAsync<TimeoutException>(() => asked);
    }

    [Fact]
    public async Task GetAsync_CallerCancels_PassesThrough()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Client().GetAsync("doc", Url, cancelled.Token));
    }

    [Fact]
    public async Task GetAsync_PlainHttp_IsRefusedBeforeAnythingIsSent()
    {
        Assert.Equal(OAuthErrorCodes.EndpointNotHttps, (await Client().GetAsync("doc", "http://op.example/doc")).Error!.Code);
        Assert.Empty(_op.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.ServiceUnavailable, OAuthErrorCodes.TemporarilyUnavailable)]
    [InlineData(HttpStatusCode.BadGateway, OAuthErrorCodes.ServerError)]
    [InlineData(HttpStatusCode.Unauthorized, OAuthErrorCodes.InvalidClient)]
    [InlineData(HttpStatusCode.BadRequest, OAuthErrorCodes.ErrorResponseMalformed)]
    public async Task ToError_BodyThatIsNoOAuthError_IsTheStatus(HttpStatusCode status, string code)
    {
        _op.On("/doc", _ => OpDouble.Answer(status, "text/html", "<h1>no</h1>"));
        Assert.Equal(code, (await Client().GetAsync("doc", Url)).Value!.ToError("§").Code);
    }

    [Fact]
    public async Task GetAsync_Measured_TellsOperationAndStatusAndNothingElse()
    {
        _op.On("/doc", _ => OpDouble.Error("x"));
        var tags = new List<string>();
        using var meters = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == OAuthTelemetry.Name)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<double>((_, _, measured, _) =>
        {
            lock (tags)
            {
                tags.AddRange(measured.ToArray().Select(tag => $"{tag.Key}={tag.Value}"));
            }
        });
        meters.Start();
        await Client().GetAsync("measured-doc", Url);
        lock (tags)
        {
            Assert.Contains("operation=measured-doc", tags);
            Assert.Contains("outcome=400", tags);
        }
    }

    [Fact]
    public void Add_ParameterTwice_IsMisuse() => Assert.Throws<ArgumentException>(() => new ClientRequest(Url, OpDouble.Issuer).Add("scope", "a").Add("scope", "b"));

    private ProtocolHttpClient Client() => new(_op.CreateClient(), new ProtocolHttpOptions { MaxResponseBytes = 1000 }, _op.Time);

    /// <summary>A body without a length.</summary>
    private sealed class Unannounced(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
