using System.Net;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Testing;
using MedId.TestSupport;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace MedId.AspNetCore.Provider.Tests.Clients;

/// <summary>Certificates in a proxy's header (RFC 9440). The connections of these tests come from 127.0.0.1.</summary>
public sealed class ForwardedCertificateTests
{
    private static readonly IPNetwork[] Here = [IPNetwork.Parse("127.0.0.0/8")];
    private static readonly IPNetwork[] Elsewhere = [IPNetwork.Parse("192.0.2.0/24")];

    private static string Sequence(TestCertificate certificate) => ":" + Convert.ToBase64String(certificate.Der) + ":";

    private static Task<OpWorld> StartAsync(IPNetwork[] proxies, Action<ClientCertificateOptions>? change = null, Action<WebApplication>? pipeline = null) =>
        MtlsWorld.StartBehindProxyAsync(
            options =>
            {
                options.Proxy = new ForwardedCertificateRule(proxies);
                options.Authorities.Add(MtlsWorld.Anchor(MtlsWorld.Authority));
                change?.Invoke(options);
            },
            pipeline);

    private static Task<WireAnswer> AskAsync(OpWorld world, string clientId, params (string Name, string Value)[] headers) => MtlsWorld.AskAsync(world, clientId, null, request =>
    {
        foreach (var (name, value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }
    });

    private static async Task<string?> CodeAsync(OpWorld world, string clientId, params (string Name, string Value)[] headers) => (await AskAsync(world, clientId, headers)).Code;

    [Fact]
    public async Task Introspect_HeaderOfTheNamedProxy_IsTheClientsCertificate()
    {
        await using var world = await StartAsync(Here);
        Assert.Null(await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", Sequence(MtlsWorld.Own))));
        Assert.Null(await CodeAsync(world, MtlsWorld.Named, ("Client-Cert", Sequence(MtlsWorld.Certificate))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, ("Client-Cert", Sequence(MtlsWorld.Own))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(world, MtlsWorld.Named));
    }

    [Fact]
    public async Task Introspect_HeaderOfAnybodyElse_RefusesTheRequest()
    {
        await using var world = await StartAsync(Elsewhere);
        var answer = await AskAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", Sequence(MtlsWorld.Own)));
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request", answer.Error);
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateUntrusted, answer.Code);

        // Also where another method would have done: whoever forges one header is not asked about the rest.
        var basic = await world.SendFormAsync("/introspect", [new("token", "synthetic")], request =>
        {
            request.Headers.Authorization = Ehr.BasicHeader(MtlsWorld.Post, MtlsWorld.Secret);
            request.Headers.Add("Client-Cert", Sequence(MtlsWorld.Own));
        });
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateUntrusted, basic.Code);
    }

    [Fact]
    public async Task Introspect_TwoHeadersOrTwoCertificatesInOne_AreRefused()
    {
        await using var world = await StartAsync(Here);
        var one = Sequence(MtlsWorld.Own);
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", one), ("Client-Cert", one)));
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", one + ", " + one)));
        var answer = await AskAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", one[1..]));
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request", answer.Error);
        Assert.Equal(OAuthErrorCodes.ForwardedCertificateMalformed, answer.Code);
    }

    [Fact]
    public async Task Introspect_ClientWhoPosesAsTheProxy_IsRefused()
    {
        // What a client writes about itself is not asked; nor is what middleware makes of it.
        await using var world = await StartAsync(Elsewhere, pipeline: app => app.UseForwardedHeaders(Forwarded()));
        Assert.Equal(
            OAuthErrorCodes.ForwardedCertificateUntrusted,
            await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", Sequence(MtlsWorld.Own)), ("X-Forwarded-For", "192.0.2.1"), ("X-Original-For", "192.0.2.1")));
    }

    [Fact]
    public async Task Introspect_MiddlewareThatWritesTheClientsAddress_LeavesTheProxyTheProxy()
    {
        await using var world = await StartAsync(Here, pipeline: app => app.UseForwardedHeaders(Forwarded()));
        Assert.Null(await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", Sequence(MtlsWorld.Own)), ("X-Forwarded-For", "203.0.113.9")));
    }

    [Fact]
    public async Task Introspect_EscapedPemOfNginx_IsRead()
    {
        await using var world = await StartAsync(Here, options => options.Proxy = new ForwardedCertificateRule(Here, "X-Client-Certificate", CertificateHeaderFormat.EscapedPem));
        Assert.Null(await CodeAsync(world, MtlsWorld.SelfSigned, ("X-Client-Certificate", Uri.EscapeDataString(MtlsWorld.Own.Pem + "\n"))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(world, MtlsWorld.SelfSigned, ("X-Client-Certificate", "")));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(world, MtlsWorld.SelfSigned, ("Client-Cert", Sequence(MtlsWorld.Own))));
    }

    [Theory]
    [InlineData("SUCCESS", true)]
    [InlineData("success", false)]
    [InlineData("FAILED:certificate has expired", false)]
    [InlineData("NONE", false)]
    [InlineData(null, false)]
    public async Task Introspect_VerdictOfTheProxy_DecidesAboutTheChain(string? verdict, bool accepted)
    {
        await using var world = await MtlsWorld.StartBehindProxyAsync(options =>
        {
            options.Proxy = new ForwardedCertificateRule(Here);
            options.ProxyVerdictHeader = "X-Client-Verify";
        });
        (string, string)[] headers = verdict is null ? [("Client-Cert", Sequence(MtlsWorld.Certificate))] : [("Client-Cert", Sequence(MtlsWorld.Certificate)), ("X-Client-Verify", verdict)];
        Assert.Equal(accepted ? null : OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, headers));
    }

    [Fact]
    public async Task Introspect_TwoVerdicts_AreNone()
    {
        await using var world = await MtlsWorld.StartBehindProxyAsync(options =>
        {
            options.Proxy = new ForwardedCertificateRule(Here);
            options.ProxyVerdictHeader = "X-Client-Verify";
        });
        Assert.Equal(
            OAuthServerErrorCodes.ClientAuthenticationFailed,
            await CodeAsync(world, MtlsWorld.Named, ("Client-Cert", Sequence(MtlsWorld.Certificate)), ("X-Client-Verify", "SUCCESS"), ("X-Client-Verify", "FAILED")));
    }

    [Fact]
    public async Task Introspect_ProxyThatVerifiesEveryChain_IsBelieved()
    {
        await using var world = await MtlsWorld.StartBehindProxyAsync(options =>
        {
            options.Proxy = new ForwardedCertificateRule(Here);
            options.ProxyVerifiesChains = true;
        });
        Assert.Null(await CodeAsync(world, MtlsWorld.Named, ("Client-Cert", Sequence(MtlsWorld.Certificate))));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, ("Client-Cert", Sequence(MtlsWorld.Authority.Issue(TestName.Common("other"))))));
    }

    [Fact]
    public async Task Introspect_Mutants_AreRefusedOrStillTheClientsOwnKey()
    {
        await using var world = await StartAsync(Here);
        var header = Sequence(MtlsWorld.Own);
        foreach (var mutant in new SeededMutator(9440).Mutate(header, 300))
        {
            if (mutant.Text.Any(c => c is < ' ' or > '~'))
            {
                continue;
            }

            var answer = await AskAsync(world, MtlsWorld.Named, ("Client-Cert", mutant.Text));
            Assert.True(answer.Status is 400 or 401, mutant.How + answer.Text);
        }
    }

    private static ForwardedHeadersOptions Forwarded()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor };
        options.KnownProxies.Add(IPAddress.Loopback);
        return options;
    }
}
