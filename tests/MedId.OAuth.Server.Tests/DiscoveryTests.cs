using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server.Tests;

public sealed class DiscoveryTests
{
    private readonly TestServer _server = new();

    [Fact]
    public async Task Discovery_Document_IsReadByAClientAndSaysWhatThereIs()
    {
        var document = new DiscoveryDocument(_server.Options, _server.Keys, [GrantTypes.Ciba], ["patient/*.read", "openid"], [new Section()], _server.Time);
        var answer = await document.HandleAsync(TenantId.Single);
        Assert.Equal("public, max-age=900", answer.Headers.Single(h => h.Key == "Cache-Control").Value);
        var metadata = AuthorizationServerMetadata.Parse(answer.Body, TestServer.Issuer).Value!;
        Assert.Equal("https://op.example/token", metadata.TokenEndpoint);
        Assert.Equal("https://op.example/introspect", metadata.IntrospectionEndpoint);
        Assert.Equal("https://op.example/revoke", metadata.RevocationEndpoint);
        Assert.Equal("https://op.example/userinfo", metadata.UserinfoEndpoint);
        Assert.Equal("https://op.example/jwks", metadata.JwksUri);
        Assert.Equal([GrantTypes.Ciba], metadata.GrantTypesSupported);
        Assert.Equal(["openid", "patient/*.read"], metadata.ScopesSupported);
        var json = TestServer.Body(answer);
        Assert.Equal(["ES256"], json["id_token_signing_alg_values_supported"]!.AsArray().Select(a => (string?)a));
        Assert.DoesNotContain("RS256", json["token_endpoint_auth_signing_alg_values_supported"]!.AsArray().Select(a => (string?)a));
        Assert.Equal(
            ["private_key_jwt", "client_secret_jwt", "client_secret_basic", "client_secret_post"],
            json["introspection_endpoint_auth_methods_supported"]!.AsArray().Select(a => (string?)a));
        Assert.DoesNotContain("mtls_endpoint_aliases", json);
        Assert.DoesNotContain("tls_client_certificate_bound_access_tokens", json);
        Assert.False((bool?)json["request_uri_parameter_supported"]);
        Assert.Equal("yes", (string?)json["section"]);
        Assert.DoesNotContain("authorization_endpoint", json);
    }

    [Fact]
    public async Task Discovery_HostThatTakesCertificates_AnnouncesMethodsAndAliases()
    {
        var server = new TestServer(changeOptions: options =>
        {
            options.TakesClientCertificates = true;
            options.MtlsBaseUrl = "https://mtls.op.example";
        });
        var answer = await new DiscoveryDocument(server.Options, server.Keys, [GrantTypes.Ciba], null, [new Section()], server.Time).HandleAsync(TenantId.Single);
        var metadata = AuthorizationServerMetadata.Parse(answer.Body, TestServer.Issuer).Value!;
        Assert.True(metadata.TlsClientCertificateBoundAccessTokens);
        Assert.Equal(
            ["private_key_jwt", "tls_client_auth", "self_signed_tls_client_auth", "client_secret_jwt", "client_secret_basic", "client_secret_post"],
            metadata.TokenEndpointAuthMethodsSupported);
        var mtls = metadata.WithMtlsEndpoints();
        Assert.Equal("https://mtls.op.example/token", mtls.TokenEndpoint);
        Assert.Equal("https://mtls.op.example/introspect", mtls.IntrospectionEndpoint);
        Assert.Equal("https://mtls.op.example/revoke", mtls.RevocationEndpoint);
        Assert.Equal("https://mtls.op.example/userinfo", mtls.UserinfoEndpoint);
        Assert.Equal("https://mtls.op.example/section", metadata.MtlsEndpointAliases["section_endpoint"]);
    }

    [Fact]
    public async Task Discovery_MethodsThatAreNotTaken_AreNotAnnounced()
    {
        var server = new TestServer(changeOptions: options => options.AuthenticationMethods = [ClientAuthenticationMethod.ClientSecretPost, ClientAuthenticationMethod.TlsClientAuth]);
        var json = TestServer.Body(await new DiscoveryDocument(server.Options, server.Keys, [GrantTypes.Ciba], time: server.Time).HandleAsync(TenantId.Single));
        Assert.Equal(["client_secret_post"], json["token_endpoint_auth_methods_supported"]!.AsArray().Select(a => (string?)a));
        Assert.Empty(json["token_endpoint_auth_signing_alg_values_supported"]!.AsArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Discovery_AssertionAlgorithms_NameEd25519TwiceWhereItIsAllowedAndHmacsWhereTheyAreTaken(bool allowed)
    {
        var server = new TestServer(changeOptions: options => options.Algorithms = allowed ? options.Algorithms.Allow(SignatureUse.ClientAssertion, SignatureAlgorithm.Ed25519) : options.Algorithms);
        var json = TestServer.Body(await new DiscoveryDocument(server.Options, server.Keys, [GrantTypes.Ciba], time: server.Time).HandleAsync(TenantId.Single));
        var names = json["token_endpoint_auth_signing_alg_values_supported"]!.AsArray().Select(a => (string?)a).ToList();
        Assert.Equal(allowed, names.Contains("Ed25519"));
        Assert.Equal(allowed, names.Contains("EdDSA"));
        Assert.Contains("HS256", names);
        Assert.DoesNotContain("none", names);
    }

    [Fact]
    public async Task Jwks_NextKey_IsPublishedBeforeItSigns()
    {
        using var next = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-2");
        _server.Keys.Current = _server.Keys.Current.Publish(next);
        var answer = await new JwksDocument(_server.Keys).HandleAsync(TenantId.Single);
        Assert.Equal(["op-1", "op-2"], JsonWebKeySet.Parse(answer.Body).Value!.Keys.Select(k => k.KeyId));
        Assert.Equal("op-1", (string?)TestJws.Header((await _server.IssueAsync()).AccessToken)["kid"]);
        Assert.DoesNotContain("\"d\"", TestServer.Body(answer).ToJsonString(), StringComparison.Ordinal);
        foreach (var key in TestServer.Body(answer)["keys"]!.AsArray())
        {
            Assert.NotNull(key!["kid"]);
            Assert.NotNull(key["kty"]);
            Assert.NotNull(key["alg"]);
        }
    }

    private sealed class Section : IDiscoverySection
    {
        public void WriteTo(Utf8JsonWriter writer) => writer.WriteString("section", "yes");

        public IReadOnlyList<KeyValuePair<string, string>> MtlsEndpoints => [new("section_endpoint", TestServer.Issuer + "/section")];
    }
}
