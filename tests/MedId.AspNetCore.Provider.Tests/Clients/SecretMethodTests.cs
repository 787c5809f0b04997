using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider.Tests.Clients;

/// <summary>Methods by secret over HTTP, by the credentials of our own client side; and what a host is told when it starts.</summary>
public sealed class SecretMethodTests
{
    private static Task<OpWorld> StartAsync(Action<OAuthServerOptions>? server = null, Action<ClientCertificateOptions>? certificates = null) => OpWorld.StartAsync(new()
    {
        Server = server,
        More = builder =>
        {
            MtlsWorld.AddTo(builder);
            if (certificates is not null)
            {
                builder.AddClientCertificates(certificates);
            }
        },
    });

    private static Task<OpWorld> StartWithAuthorityAsync(Action<OAuthServerOptions>? server = null) =>
        StartAsync(server, options => options.Authorities.Add(MtlsWorld.Anchor(MtlsWorld.Authority)));

    [Fact]
    public async Task Introspect_CredentialsOfTheClientSide_AreTaken()
    {
        await using var world = await StartWithAuthorityAsync();
        foreach (var credential in new IClientCredential[]
        {
            new ClientSecretPostCredential(MtlsWorld.Post, MtlsWorld.Secret),
            new ClientSecretJwtCredential(MtlsWorld.Hmac, MtlsWorld.Secret, null, world.Time),
            new ClientSecretJwtCredential(MtlsWorld.Hmac, MtlsWorld.Secret, HmacAlgorithm.HS512, world.Time),
        })
        {
            Assert.Equal(200, (await MtlsWorld.AskAsync(world, credential)).Status);
        }

        var wrong = new string('x', 64);
        foreach (var credential in new IClientCredential[]
        {
            new ClientSecretPostCredential(MtlsWorld.Post, wrong),
            new ClientSecretPostCredential("nobody", MtlsWorld.Secret),
            new ClientSecretPostCredential(MtlsWorld.Hmac, MtlsWorld.Secret),
            new ClientSecretBasicCredential(MtlsWorld.Post, MtlsWorld.Secret),
            new ClientSecretJwtCredential(MtlsWorld.Hmac, wrong, null, world.Time),
            new ClientSecretJwtCredential(MtlsWorld.Post, MtlsWorld.Secret, null, world.Time),
        })
        {
            var answer = await MtlsWorld.AskAsync(world, credential);
            Assert.Equal(401, answer.Status);
            Assert.Equal("invalid_client", answer.Error);
            Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, answer.Code);
            Assert.StartsWith("Basic ", answer.Challenge, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_ClientByCertificateAndNobodyWhoTakesAny_IsRefused()
    {
        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync())).Message;
        Assert.Contains("api-by-name", message, StringComparison.Ordinal);
        Assert.Contains("api-self-signed", message, StringComparison.Ordinal);
        Assert.Contains("call " + nameof(MedIdProviderBuilderClientsExtensions.AddClientCertificates), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClientByNameAndNobodyWhoVerifiesChains_IsRefused()
    {
        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(certificates: _ => { }))).Message;
        Assert.Contains("name Authorities", message, StringComparison.Ordinal);
        Assert.DoesNotContain("api-self-signed", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_VerdictOfAProxyThatIsNotNamed_IsRefused()
    {
        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(certificates: options => options.ProxyVerifiesChains = true))).Message;
        Assert.Contains(nameof(ClientCertificateOptions.Proxy), message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_ClientOfAMethodThatIsLeftOut_IsRefused()
    {
        var message = (await Assert.ThrowsAsync<OptionsValidationException>(() => StartWithAuthorityAsync(
            server => server.AuthenticationMethods = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.ClientSecretBasic, ClientAuthenticationMethod.TlsClientAuth]))).Message;
        Assert.Contains("api-post: token_endpoint_auth_method: client_secret_post is not offered", message, StringComparison.Ordinal);
        Assert.Contains("api-hmac: token_endpoint_auth_method: client_secret_jwt is not offered", message, StringComparison.Ordinal);
        Assert.DoesNotContain("api-by-name", message, StringComparison.Ordinal);
    }
}
