using System.Text.RegularExpressions;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A host that lacks something fails when it starts, in words that name the call.</summary>
public partial class StartTests
{
    [Fact]
    public async Task Start_NothingConfigured_NamesEveryMissingCallInOneMessage()
    {
        await using var app = Build(services => services.AddMedIdProvider(_ => { }));

        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync())).Message;

        foreach (var call in (string[])["UseStore", "AddClients", "AddSigningKeys", "AddAccountDigestKey", "AddPractitionerIssuers", "AddPush", "AddUaf", "AddHistoryTimestamps", "WithoutTimestampedHistory"])
        {
            Assert.Contains("call " + call, message, StringComparison.Ordinal);
        }

        foreach (var option in (string[])["Issuer is not set", "Facets is empty", "Metadata is not set", "Policy is not set", "AcrTable is not set", "PushAddressSchemes is empty"])
        {
            Assert.Contains(option, message, StringComparison.Ordinal);
        }

        // No call is named that is not there.
        var calls = typeof(MedIdProviderBuilderExtensions).GetMethods().Select(method => method.Name).ToHashSet(StringComparer.Ordinal);
        Assert.All(Call().Matches(message), match => Assert.Contains(match.Groups[1].Value, calls));
    }

    [Theory]
    [InlineData("https://op.example/", "Issuer")]
    [InlineData("http://op.example", "Issuer")]
    [InlineData("http://127.0.0.1:5001", "Issuer")]
    public async Task Start_IssuerThatCannotBeOne_IsRefused(string issuer, string option)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new() { Issuer = issuer }));

        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_HttpOnLoopbackByName_IsAllowed()
    {
        await using var world = await OpWorld.StartAsync(new() { Issuer = "http://127.0.0.1:5001", Server = server => server.AllowHttpOnLoopback = true });

        Assert.Equal("http://127.0.0.1:5001/token", (await world.GetAsync("/.well-known/openid-configuration"))["token_endpoint"]);
    }

    [Fact]
    public async Task Start_UnlimitedConsentOrLongToken_IsRefused()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => OpWorld.StartAsync(new()
        {
            Provider = options => options.Access = TimeSpan.FromDays(367),
            Server = server => server.AccessTokenLifetime = TimeSpan.FromHours(1),
            Ciba = ciba => ciba.Interval = TimeSpan.Zero,
        }));

        Assert.Contains("Access has to be", error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(OAuthServerOptions.AccessTokenLifetime), error.Message, StringComparison.Ordinal);
        Assert.Contains("Interval", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClientWithJwksUriAndNobodyWhoFetches_IsRefused()
    {
        var client = new ClientRegistration(Core.TenantId.Single, ClientMetadata.Parse(
            """{"client_id":"remote","token_endpoint_auth_method":"private_key_jwt","token_endpoint_auth_signing_alg":"ES256","jwks_uri":"https://ehr.example/jwks"}"""u8.ToArray()).Value!);
        await using var app = Build(services => services.AddMedIdProvider(_ => { }).AddClients(client));

        Assert.Contains("call AddRemoteKeys", (await Assert.ThrowsAsync<OptionsValidationException>(() => app.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_StoreThatCannotBeOpened_FailsNow()
    {
        var error = await Assert.ThrowsAnyAsync<Exception>(() => OpWorld.StartAsync(new() { StoreFails = true }));

        Assert.Contains("no such disk", error.ToString(), StringComparison.Ordinal);
    }

    private static WebApplication Build(Action<IServiceCollection> configure)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        configure(builder.Services);
        return builder.Build();
    }

    [GeneratedRegex("call ([A-Z][A-Za-z]+)")]
    private static partial Regex Call();
}
