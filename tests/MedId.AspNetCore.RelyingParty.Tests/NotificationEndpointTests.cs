using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.OAuth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.RelyingParty.Tests;

/// <summary>The notification endpoint over a socket, with an OP double that says what came.</summary>
public sealed class NotificationEndpointTests : IAsyncLifetime
{
    private const string ClientId = "ehr-clinic-a";
    private readonly OpDouble _op = new();
    private readonly HttpClient _http = new();
    private NotificationHost _host = null!;
    private string _token = "";

    public async ValueTask InitializeAsync()
    {
        _op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("ping");
        _op.On("/bc-authorize", request =>
        {
            _token = request.Form["client_notification_token"];
            return OpDouble.Json(new JsonObject { ["auth_req_id"] = "req-1", ["expires_in"] = 120 });
        });
        _op.On("/token", _ => OpDouble.Error("access_denied"));
        _host = await NotificationHost.StartAsync(
            options =>
            {
                options.Issuer = OpDouble.Issuer;
                options.Credential = new ClientSecretBasicCredential(ClientId, "a-secret");
                options.DeliveryMode = TokenDeliveryMode.Ping;
            },
            () => _op);
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _http.Dispose();
        _op.Dispose();
    }

    [Fact]
    public async Task Post_RightPing_Is204WithoutBodyAndLeadsToAPoll()
    {
        var pending = await AskAsync();
        using var answer = await PostAsync("{\"auth_req_id\":\"req-1\"}", "Bearer " + _token);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var outcome = await _host.Scheduler.WaitAsync(pending.Id, TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        Assert.Equal(OAuthErrorCodes.AccessDenied, outcome!.Result.Error!.Code);
    }

    [Fact]
    public async Task Post_WrongBearer_Is401WithChallengeAndWithoutReason()
    {
        await AskAsync();
        using var answer = await PostAsync("{\"auth_req_id\":\"req-1\"}", "Bearer wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Empty(_op.To("/token"));
    }

    [Fact]
    public async Task Post_TwoAuthorizationHeaders_Is401()
    {
        await AskAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Address + "/ciba/notifications") { Content = Json("{\"auth_req_id\":\"req-1\"}") };
        request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + _token, "Bearer " + _token]);
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task Post_AnotherMediaType_Is415()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Address + "/ciba/notifications") { Content = new StringContent("{\"auth_req_id\":\"req-1\"}", Encoding.UTF8, "text/plain") };
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, answer.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Post_LargerThanAllowed_Is413(bool chunked)
    {
        var body = "{\"auth_req_id\":\"req-1\",\"x\":\"" + new string('a', CibaNotification.MaxBytes) + "\"}";
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Address + "/ciba/notifications") { Content = Json(body) };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Post_Malformed_Is400()
    {
        await AskAsync();
        using var answer = await PostAsync("{}", "Bearer " + _token);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Get_Endpoint_Is405()
    {
        using var answer = await _http.GetAsync(_host.Address + "/ciba/notifications", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
    }

    [Fact]
    public async Task Health_WhileItRuns_IsHealthyAndLogsNameNobody()
    {
        await AskAsync();
        using (await PostAsync("{\"auth_req_id\":\"req-1\"}", "Bearer wrong"))
        {
            Assert.Equal("Healthy", await _http.GetStringAsync(_host.Address + "/health", TestContext.Current.CancellationToken));
        }

        var lines = string.Join('\n', _host.Log.Lines.Where(line => line.Contains("MedId", StringComparison.Ordinal)));
        Assert.Contains(CibaClientErrorCodes.NotificationNotAuthenticated, lines, StringComparison.Ordinal);
        Assert.All(["insured-12345678", "req-1", "chart-4711", _token], secret => Assert.DoesNotContain(secret, lines, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_StoreThatOutlivesTheProcessWithoutAKey_Fails()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddMedIdCibaClient(options => (options.Issuer, options.Credential) = (OpDouble.Issuer, new ClientSecretBasicCredential(ClientId, "a")));
        builder.Services.AddMedIdCibaScheduler(_ => new KeptElsewhere());
        using var host = builder.Build();
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("AddMedIdCibaScheduler: Cipher", Assert.Single(failure.Failures), StringComparison.Ordinal);
    }

    private Task<CibaPending> AskAsync() =>
        _host.AskAsync(new BackchannelRequest { Scopes = ["openid"], Hint = UserHint.LoginHint("insured-12345678") }, ClientId, "chart-4711");

    private async Task<HttpResponseMessage> PostAsync(string body, string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _host.Address + "/ciba/notifications") { Content = Json(body) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private sealed class KeptElsewhere : ICibaPendingStore
    {
        public ValueTask<bool> AddAsync(StoredCibaRequest request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public ValueTask<IReadOnlyList<StoredCibaRequest>> ListAsync(string? after, int limit, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public ValueTask<bool> TryReplaceAsync(StoredCibaRequest request, CancellationToken cancellationToken = default) => throw new InvalidOperationException();

        public ValueTask<bool> TryRemoveAsync(string id, long version, CancellationToken cancellationToken = default) => throw new InvalidOperationException();
    }
}
