using System.Net;
using System.Text.Json.Nodes;
using MedId.Ciba.Client;
using MedId.Consumers.TestSupport;
using MedId.OAuth;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.RelyingParty.Tests;

public sealed class CibaServiceTests : IDisposable
{
    private const string AuthReqId = "req-0123456789";

    private readonly OpDouble _op = new();
    private readonly CapturedLog _log = new();

    public CibaServiceTests()
    {
        _op.On("/bc-authorize", _ => OpDouble.Json(new JsonObject { ["auth_req_id"] = AuthReqId, ["expires_in"] = 120, ["interval"] = 1 }));
        _op.On("/token", _ => OpDouble.Json(new JsonObject
        {
            ["access_token"] = "opaque-1",
            ["token_type"] = "Bearer",
            ["expires_in"] = 600,
            ["patient"] = "patient-0001",
            ["id_token"] = _op.Sign("JWT", Claims()),
        }));
    }

    public void Dispose()
    {
        _op.Dispose();
        _log.Dispose();
    }

    [Fact]
    public async Task StartAsync_ThenWaitAsync_GivesTokens()
    {
        using var host = Build(Right);
        var ciba = host.Services.GetRequiredService<CibaService>();
        var started = await ciba.StartAsync(Request(), await ProveAsync(host));
        var tokens = await Task.Run(async () =>
        {
            var wait = ciba.WaitAsync(started.Value!);
            _op.Time.Advance(TimeSpan.FromSeconds(1));
            return await wait;
        });
        Assert.Equal("patient-0001", tokens.Value!.Patient);
    }

    [Fact]
    public async Task StartAsync_Refused_LogsTheCodeAndNothingPersonal()
    {
        _op.On("/bc-authorize", _ => OpDouble.Error("unknown_user_id", HttpStatusCode.BadRequest, "no patient insured-12345678"));
        using var host = Build(Right);
        await host.Services.GetRequiredService<CibaService>().StartAsync(Request(), await ProveAsync(host));
        var lines = string.Join('\n', _log.Lines);
        Assert.Contains(OAuthErrorCodes.UnknownUserId, lines, StringComparison.Ordinal);
        Assert.All(["insured-12345678", "1234", "bc-authorize"], personal => Assert.DoesNotContain(personal, lines, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Start_OptionsIncomplete_FailsWithEverythingThatIsMissing()
    {
        using var host = Build(static _ => { });
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Equal(2, failure.Failures.Count());
        Assert.All(failure.Failures, message => Assert.StartsWith("AddMedIdCibaClient: ", message, StringComparison.Ordinal));
    }

    [Fact]
    public void AddMedIdCibaClient_TwoOps_AreTwoServices()
    {
        using var host = Build(Right, services => services.AddMedIdCibaClient("other", Right));
        Assert.Same(host.Services.GetRequiredService<CibaService>(), host.Services.GetRequiredKeyedService<CibaService>(""));
        Assert.NotSame(host.Services.GetRequiredService<CibaService>(), host.Services.GetRequiredKeyedService<CibaService>("other"));
    }

    [Fact]
    public void AddMedIdCibaClient_Handler_FollowsNoRedirectAndKeepsNoCookie()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddMedIdCibaClient(Right);
        using var provider = services.BuildServiceProvider();
        var handler = provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("MedId.Ciba.Client:");
        while (handler is DelegatingHandler outer)
        {
            handler = outer.InnerHandler!;
        }

        var sockets = Assert.IsType<SocketsHttpHandler>(handler);
        Assert.False(sockets.AllowAutoRedirect);
        Assert.False(sockets.UseCookies);
    }

    private Task<ProcessingProof> ProveAsync(IHost host) => TakenConsent.ProveAsync(host.Services.GetRequiredService<ProcessingConsents>(), Request().Hint, _op.Time);

    private static BackchannelRequest Request() => new() { Scopes = ["patient/Patient.read"], Hint = UserHint.LoginHint("insured-12345678"), UserCode = "1234" };

    private static void Right(CibaClientOptions options)
    {
        options.Issuer = OpDouble.Issuer;
        options.Credential = new ClientSecretBasicCredential("ehr-clinic-a", "a-secret");
    }

    private static JsonObject Claims() => new()
    {
        ["iss"] = OpDouble.Issuer,
        ["sub"] = "subject-1",
        ["aud"] = "ehr-clinic-a",
        ["iat"] = OpDouble.Start.ToUnixTimeSeconds(),
        ["exp"] = OpDouble.Start.AddMinutes(5).ToUnixTimeSeconds(),
    };

    private IHost Build(Action<CibaClientOptions> configure, Action<IServiceCollection>? more = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log);
        builder.Services.AddSingleton<TimeProvider>(_op.Time);
        builder.Services.AddMedIdCibaClient(configure).ConfigurePrimaryHttpMessageHandler(() => _op);
        builder.Services.AddMedIdProcessingConsents(_ => new InMemoryProcessingConsentStore());
        more?.Invoke(builder.Services);
        return builder.Build();
    }
}
