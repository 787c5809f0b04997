using System.Diagnostics;
using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using MedId.Ciba.Server;
using MedId.OAuth;
using MedId.Testing;

namespace MedId.Provider.Tests.Delivery;

public sealed class NotificationSenderTests
{
    private const string Token = "synthetic-notification-token-0123456789";

    private static async Task<NotificationResult> SendAsync(TestNotificationEndpoint endpoint, bool secure = false, string? url = null, bool hangs = false)
    {
        var rules = new GuardedHttpOptions { AllowHttpOnLoopback = true };
        var handler = GuardedHttpHandler.Create(rules);
        handler.SslOptions.CertificateChainPolicy = new()
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck,
            CustomTrustStore = { endpoint.Certificate },
        };
        using var http = new HttpClient(handler);
        return await new CibaNotificationSender(http, rules, TimeSpan.FromSeconds(hangs ? 1.5 : 60)).SendAsync(
            url ?? (secure ? endpoint.SecureUrl : endpoint.PlainUrl), Token, NotificationBody.Ping("id-1"), TestContext.Current.CancellationToken);
    }

    [Theory]
    [InlineData(NotificationFault.None, NotificationOutcome.Delivered, null)]
    [InlineData(NotificationFault.OkWithBody, NotificationOutcome.Delivered, null)]
    [InlineData(NotificationFault.SlowDrip, NotificationOutcome.Delivered, null)]
    [InlineData(NotificationFault.HugeBody, NotificationOutcome.Delivered, null)]
    [InlineData(NotificationFault.BadRequest, NotificationOutcome.Refused, CibaErrorCodes.NotificationRefused)]
    [InlineData(NotificationFault.NotFound, NotificationOutcome.Refused, CibaErrorCodes.NotificationRefused)]
    [InlineData(NotificationFault.Unauthorized, NotificationOutcome.Refused, CibaErrorCodes.NotificationUnauthorized)]
    [InlineData(NotificationFault.Forbidden, NotificationOutcome.Refused, CibaErrorCodes.NotificationUnauthorized)]
    [InlineData(NotificationFault.Redirect, NotificationOutcome.Refused, CibaErrorCodes.NotificationRedirected)]
    [InlineData(NotificationFault.InternalServerError, NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable)]
    [InlineData(NotificationFault.Unavailable, NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable)]
    [InlineData(NotificationFault.ConnectionReset, NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable)]
    [InlineData(NotificationFault.Hang, NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable)]
    [InlineData(NotificationFault.WrongTlsName, NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable)]
    public async Task SendAsync_EveryAnswer_MeansOneThingInBoundedTime(NotificationFault fault, NotificationOutcome outcome, string? code)
    {
        await using var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        endpoint.Misbehave(fault);
        var started = Stopwatch.StartNew();
        var result = await SendAsync(endpoint, secure: fault == NotificationFault.WrongTlsName, hangs: fault == NotificationFault.Hang);
        Assert.Equal((outcome, code), (result.Outcome, result.Code));
        Assert.True(started.Elapsed < TimeSpan.FromSeconds(45), started.Elapsed.ToString());

        // Nothing is sent twice by the sender itself, nor anywhere else.
        Assert.Equal(fault == NotificationFault.WrongTlsName ? 0 : 1, endpoint.Received.Count);
        Assert.Equal(fault == NotificationFault.Unavailable ? TimeSpan.FromSeconds(2) : null, result.RetryAfter);
    }

    [Theory]
    [InlineData(408, NotificationOutcome.Again)]
    [InlineData(425, NotificationOutcome.Again)]
    [InlineData(429, NotificationOutcome.Again)]
    [InlineData(409, NotificationOutcome.Refused)]
    [InlineData(410, NotificationOutcome.Refused)]
    public async Task SendAsync_NotNow_IsNotTheLastWord(int status, NotificationOutcome outcome)
    {
        using var http = new HttpClient(new Answering(status));
        var result = await new CibaNotificationSender(http).SendAsync("https://client.example/notify", Token, NotificationBody.Ping("id-1"), TestContext.Current.CancellationToken);
        Assert.Equal(outcome, result.Outcome);
        Assert.Equal(outcome == NotificationOutcome.Again ? TimeSpan.FromSeconds(7) : null, result.RetryAfter);
    }

    [Fact]
    public async Task SendAsync_OverTls_SendsBearerTokenAndJson()
    {
        await using var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(NotificationOutcome.Delivered, (await SendAsync(endpoint, secure: true)).Outcome);
        var received = Assert.Single(endpoint.Received);
        Assert.Equal(("/notify", "Bearer " + Token, "application/json", """{"auth_req_id":"id-1"}"""), (received.Path, received.Authorization, received.ContentType, received.Body));
    }

    [Fact]
    public async Task SendAsync_NobodyThere_IsTriedAgain()
    {
        await using var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        Assert.Equal(NotificationOutcome.Again, (await SendAsync(endpoint, url: "http://127.0.0.1:1/notify")).Outcome);
    }

    [Theory]
    [InlineData("http://client.example/notify")]
    [InlineData("https://10.0.0.1/notify")]
    [InlineData("https://[fd00::1]/notify")]
    [InlineData("nonsense")]
    public async Task SendAsync_EndpointThatMayNotBeCalled_IsNotCalled(string url)
    {
        await using var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        var result = await SendAsync(endpoint, url: url);
        Assert.Equal((NotificationOutcome.Refused, CibaErrorCodes.NotificationEndpointRefused), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task SendAsync_NameThatLeadsInside_IsNotCalled()
    {
        var rules = new GuardedHttpOptions { Resolve = (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]) };
        using var http = new HttpClient(GuardedHttpHandler.Create(rules));
        var result = await new CibaNotificationSender(http, rules).SendAsync("https://client.example/notify", Token, NotificationBody.Ping("id-1"), TestContext.Current.CancellationToken);
        Assert.Equal((NotificationOutcome.Refused, CibaErrorCodes.NotificationEndpointRefused), (result.Outcome, result.Code));
    }

    [Fact]
    public async Task SendAsync_CallerStops_IsNoOutcome()
    {
        await using var endpoint = await TestNotificationEndpoint.StartAsync(TestContext.Current.CancellationToken);
        endpoint.Misbehave(NotificationFault.Hang);
        using var stop = new CancellationTokenSource();
        var rules = new GuardedHttpOptions { AllowHttpOnLoopback = true };
        using var http = new HttpClient(GuardedHttpHandler.Create(rules));
        var sending = new CibaNotificationSender(http, rules, TimeSpan.FromSeconds(20)).SendAsync(endpoint.PlainUrl, Token, NotificationBody.Ping("id-1"), stop.Token).AsTask();
        Assert.True(await endpoint.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sending);
    }

    private sealed class Answering(int status) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status);
            answer.Headers.RetryAfter = new(TimeSpan.FromSeconds(7));
            return Task.FromResult(answer);
        }
    }
}
