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
        Assert.Equal(["private_key_jwt", "client_secret_basic"], json["introspection_endpoint_auth_methods_supported"]!.AsArray().Select(a => (string?)a));
        Assert.False((bool?)json["request_uri_parameter_supported"]);
        Assert.Equal("yes", (string?)json["section"]);
        Assert.DoesNotContain("authorization_endpoint", json);
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
    }
}
