using System.Diagnostics;
using System.Security.Cryptography.X509Certificates;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Pki;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Clients;

/// <summary>RFC 8705 over real TLS connections to Kestrel.</summary>
public sealed class MutualTlsTests
{
    private static Task<OpWorld> StartAsync(Action<ClientCertificateOptions>? change = null) => MtlsWorld.StartTlsAsync(options =>
    {
        options.Authorities.Add(MtlsWorld.Anchor(MtlsWorld.Authority));
        change?.Invoke(options);
    });

    private static async Task<string?> CodeAsync(OpWorld world, string clientId, TestCertificate? certificate)
    {
        using var http = MtlsWorld.Connect(world, certificate);
        return CodeOf(await MtlsWorld.AskAsync(world, clientId, http));
    }

    private static string? CodeOf(WireAnswer answer)
    {
        Assert.True(answer.Status is 200 or 401, answer.Text);
        Assert.Equal(answer.Status == 401, answer.Challenge.Length > 0);
        return answer.Code;
    }

    [Fact]
    public async Task Introspect_CertificateOfTheAuthority_IsTheNamedClient()
    {
        await using var world = await StartAsync();
        Assert.Null(await CodeAsync(world, MtlsWorld.Named, MtlsWorld.Certificate));
    }

    [Fact]
    public async Task Introspect_SameNameByAnotherAuthority_IsRefused()
    {
        await using var world = await StartAsync();
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, MtlsWorld.Issue(MtlsWorld.OtherAuthority)));
    }

    [Fact]
    public async Task Introspect_OtherNameOfTheAuthority_IsRefused()
    {
        await using var world = await StartAsync();
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, MtlsWorld.Authority.Issue(TestName.Common("other"))));
    }

    [Fact]
    public async Task Introspect_CertificateThatExpired_IsRefused()
    {
        await using var world = await StartAsync();
        var expired = MtlsWorld.Issue(MtlsWorld.Authority, "client", builder => builder.Valid(OpWorld.Start.AddYears(-2), OpWorld.Start.AddSeconds(-1)));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, expired));
    }

    [Fact]
    public async Task Introspect_CertificateForServersOnly_IsRefused()
    {
        await using var world = await StartAsync();
        var server = MtlsWorld.Issue(MtlsWorld.Authority, "client", builder => builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.1")));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, server));
    }

    [Fact]
    public async Task Introspect_CertificateThatIsRevoked_IsRefusedWhereTheHostHasTheCrl()
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("Synthetic client CA 3"), new() { Now = OpWorld.Start }, TestKey.Named("client-ca-3", TestKeyKind.P256));
        var (good, revoked) = (MtlsWorld.Issue(authority), MtlsWorld.Issue(authority));
        authority.Revoke(revoked);
        var crl = CertificateRevocationList.Parse(authority.CreateCrl()).Value!;
        await using var world = await MtlsWorld.StartTlsAsync(options =>
        {
            options.Authorities.Add(MtlsWorld.Anchor(authority));
            options.Evidence = () => new PathEvidence { Crls = [crl] };
            options.Revocation = RevocationRequirement.Leaf;
        });
        Assert.Null(await CodeAsync(world, MtlsWorld.Named, good));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, revoked));
    }

    [Fact]
    public async Task Introspect_IntermediateAuthority_IsTakenFromWhatTheHostKeeps()
    {
        var certificate = MtlsWorld.Issue(MtlsWorld.Intermediate);
        await using var without = await StartAsync();
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(without, MtlsWorld.Named, certificate));
        await using var with = await StartAsync(options => options.Evidence = () => new PathEvidence { Certificates = [Certificate.Parse(MtlsWorld.Intermediate.Certificate.Der).Value!] });
        Assert.Null(await CodeAsync(with, MtlsWorld.Named, certificate));
    }

    [Fact]
    public async Task Introspect_SelfSignedCertificate_IsTheClientThatRegisteredItsKey()
    {
        await using var world = await StartAsync();
        Assert.Null(await CodeAsync(world, MtlsWorld.SelfSigned, MtlsWorld.Own));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.SelfSigned, MtlsWorld.Certificate));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, MtlsWorld.Named, MtlsWorld.Own));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(world, "nobody", MtlsWorld.Own));
    }

    [Fact]
    public async Task Introspect_NoCertificate_IsMissing()
    {
        await using var world = await StartAsync();
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(world, MtlsWorld.Named, null));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, await CodeAsync(world, MtlsWorld.SelfSigned, null));
    }

    [Fact]
    public async Task Introspect_HeaderWhereNoProxyIsNamed_IsNobodys()
    {
        await using var world = await StartAsync();
        using var http = MtlsWorld.Connect(world, null);
        var answer = await MtlsWorld.AskAsync(world, MtlsWorld.SelfSigned, http, request => request.Headers.Add("Client-Cert", ":" + Convert.ToBase64String(MtlsWorld.Own.Der) + ":"));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationMissing, answer.Code);
    }

    [Fact]
    public async Task Discovery_OverTls_AnnouncesTheMethodsAndTheAliases()
    {
        await using var world = await StartAsync(options => options.MtlsBaseUrl = "https://mtls.op.example");
        using var http = MtlsWorld.Connect(world, null);
        var answer = await world.SendAsync(HttpMethod.Get, "/.well-known/openid-configuration", null, null, http);
        var metadata = AuthorizationServerMetadata.Parse(answer.Body, world.Issuer).Value!;
        Assert.Contains(ClientAuthenticationMethods.TlsClientAuth, metadata.TokenEndpointAuthMethodsSupported);
        Assert.Contains(ClientAuthenticationMethods.SelfSignedTlsClientAuth, metadata.TokenEndpointAuthMethodsSupported);
        Assert.Equal("https://mtls.op.example/token", metadata.WithMtlsEndpoints().TokenEndpoint);
        Assert.Equal("https://mtls.op.example/bc-authorize", metadata.WithMtlsEndpoints().BackchannelAuthenticationEndpoint);
        Assert.True(metadata.TlsClientCertificateBoundAccessTokens);
    }

    [Fact]
    public async Task Introspect_OpensslAsThePeer_IsTheClientByItsOwnCertificate()
    {
        await using var world = await StartAsync();
        var folder = Directory.CreateTempSubdirectory("medid-mtls");
        try
        {
            var (key, certificate) = (Path.Combine(folder.FullName, "key.pem"), Path.Combine(folder.FullName, "cert.pem"));
            await File.WriteAllTextAsync(key, MtlsWorld.Own.Key.ExportPem());
            await RunAsync("openssl", ["req", "-x509", "-new", "-key", key, "-subj", "/CN=made by openssl", "-days", "2", "-out", certificate]);
            var body = "token=synthetic&client_id=" + MtlsWorld.SelfSigned;
            var (host, port) = (world.Http.BaseAddress!.Host, world.Http.BaseAddress.Port);
            var request = $"POST /introspect HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}";
            string[] connect = ["s_client", "-quiet", "-connect", $"{host}:{port}"];
            Assert.Contains("{\"active\":false}", await RunAsync("openssl", [.. connect, "-key", key, "-cert", certificate], request), StringComparison.Ordinal);
            Assert.Contains(OAuthServerErrorCodes.ClientAuthenticationMissing, await RunAsync("openssl", connect, request), StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(string file, string[] arguments, string? input = null)
    {
        using var process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        if (input is not null)
        {
            await process.StandardInput.WriteAsync(input);
            await process.StandardInput.FlushAsync();
        }
        else
        {
            process.StandardInput.Close();
        }

        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromSeconds(30)).Token);
        _ = await errors;
        return await output;
    }
}
