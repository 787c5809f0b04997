using System.Net;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.OAuth.Server.Tests.Clients;

/// <summary>Clients that publish their keys. Everything is synthetic.</summary>
public sealed class ClientKeysByUrlTests : IDisposable
{
    private const string Url = "https://ehr.example/jwks";

    private readonly ManualTimeProvider _time = new(TestServer.Start);
    private readonly Published _published = new();
    private readonly HttpClient _http;
    private readonly JwksClient _fetch;
    private readonly TestServer _server = new(ehr => ehr with { Jwks = null, JwksUri = Url });

    public ClientKeysByUrlTests()
    {
        _http = new HttpClient(_published);
        _fetch = new JwksClient(new ProtocolHttpClient(_http, time: _time), _time);
        _published.Keys = JsonWebKeySet.Of(TestServer.EhrKey.ToJwk());
    }

    public void Dispose()
    {
        _fetch.Dispose();
        _http.Dispose();
        _published.Dispose();
    }

    private ClientAuthenticator Authenticator(params ClientRegistration[] clients) =>
        new(new ConfiguredClients(clients), new ClientKeySource(_fetch), new TestStore(), new OAuthServerOptions { Issuer = TestServer.Issuer, TakesClientCertificates = true }, _time);

    [Fact]
    public async Task AuthenticateAsync_PublishedKey_IsFetchedOnceAndKeptWhileTheUrlFails()
    {
        var authenticator = Authenticator(_server.Ehr);
        Assert.Null((await authenticator.AuthenticateAsync(await _server.RequestByAsync(TestServer.EhrId), TestServer.Issuer)).Error?.Code);
        _published.Keys = null;
        Assert.Null((await authenticator.AuthenticateAsync(await _server.RequestByAsync(TestServer.EhrId), TestServer.Issuer)).Error?.Code);
        Assert.Equal(1, _published.Asked);
    }

    [Fact]
    public async Task AuthenticateAsync_UrlThatCannotBeReached_IsRefusedLikeAnUnknownClient()
    {
        _published.Keys = null;
        var authenticator = Authenticator(_server.Ehr);
        var refused = await authenticator.AuthenticateAsync(await _server.RequestByAsync(TestServer.EhrId), TestServer.Issuer);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, refused.Error?.Code);
        Assert.Equal(OAuthServerErrorCodes.ClientKeysUnavailable, refused.Error?.Detail);
        var direct = await new ClientKeySource(_fetch).VerifyAsync<Unit>(_server.Ehr, _ => Unit.Value);
        Assert.Equal(OAuthServerErrorCodes.ClientKeysUnavailable, direct.Error?.Code);
    }

    [Fact]
    public async Task AuthenticateAsync_SelfSignedCertificateThatIsRenewed_IsFoundByLookingAgain()
    {
        var (first, second) = (Certificate("rotating-1"), Certificate("rotating-2"));
        _published.Keys = KeysOf(first);
        var client = new ClientRegistration(
            TenantId.Single, new ClientMetadata { ClientId = "tls", TokenEndpointAuthMethod = ClientAuthenticationMethod.SelfSignedTlsClientAuth, JwksUri = Url });
        var authenticator = Authenticator(client);
        Assert.Null(await CodeAsync(first));
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(second));
        Assert.Equal(1, _published.Asked);
        _published.Keys = KeysOf(second);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Null(await CodeAsync(second));
        Assert.Equal(2, _published.Asked);
        Assert.Equal(OAuthServerErrorCodes.ClientAuthenticationFailed, await CodeAsync(first));
        Assert.Equal(2, _published.Asked);

        async Task<string?> CodeAsync(TestCertificate certificate) => (await authenticator.AuthenticateAsync(
            TestServer.Request(null, ("client_id", "tls")) with { Certificate = new PresentedCertificate(certificate.Der) }, TestServer.Issuer)).Error?.Code;
    }

    private static TestCertificate Certificate(string key) =>
        TestAuthority.CreateRoot(TestName.Common("Synthetic"), key: TestKey.Named(key + "-ca", TestKeyKind.P256)).Issue(TestName.Common("ehr"), TestKey.Named(key, TestKeyKind.P256));

    private static JsonWebKeySet KeysOf(TestCertificate certificate) => JsonWebKeySet.Of(PublicKey.FromSubjectPublicKeyInfo(certificate.Key.SubjectPublicKeyInfo).Value!.ToJwk("tls-1"));

    /// <summary>The client's server; unreachable without keys.</summary>
    private sealed class Published : HttpMessageHandler
    {
        public JsonWebKeySet? Keys { get; set; }

        public int Asked { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                RequestMessage = request,
                Content = new StringContent(Encoding.UTF8.GetString((Keys ?? throw new HttpRequestException("synthetic")).ToJson()), Encoding.UTF8, "application/json"),
            });
        }
    }
}
