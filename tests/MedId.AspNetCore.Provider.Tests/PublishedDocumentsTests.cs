namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What the OP publishes to everybody.</summary>
public class PublishedDocumentsTests
{
    [Theory]
    [InlineData("/.well-known/openid-configuration")]
    [InlineData("/.well-known/oauth-authorization-server")]
    public async Task Discovery_SaysWhatTheEndpointsDo(string path)
    {
        await using var world = await OpWorld.StartAsync();

        var answer = (await world.GetAsync(path)).Expect(200);

        Assert.Equal(("application/json", "public, max-age=900"), (answer.MediaType, answer.CacheControl));
        Assert.Equal(world.Issuer, answer["issuer"]);
        foreach (var (member, endpoint) in new (string, string)[]
        {
            ("token_endpoint", "/token"), ("introspection_endpoint", "/introspect"), ("revocation_endpoint", "/revoke"), ("userinfo_endpoint", "/userinfo"),
            ("jwks_uri", "/jwks"), ("backchannel_authentication_endpoint", "/bc-authorize"),
        })
        {
            Assert.Equal(world.Issuer + endpoint, answer[member]);
        }

        Assert.Equal(["poll", "ping"], Texts("backchannel_token_delivery_modes_supported"));
        Assert.Contains("ES256", Texts("backchannel_authentication_request_signing_alg_values_supported"));
        Assert.Contains("PS256", Texts("backchannel_authentication_request_signing_alg_values_supported"));
        Assert.True((bool)answer.Json["backchannel_user_code_parameter_supported"]!);
        Assert.Contains(OpWorld.Trial, Texts("acr_values_supported"));
        Assert.Equal([Ehr.CibaGrant, "refresh_token"], Texts("grant_types_supported").Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(["private_key_jwt", "client_secret_jwt", "client_secret_basic", "client_secret_post"], Texts("token_endpoint_auth_methods_supported"));
        Assert.Equal(["ES256"], Texts("id_token_signing_alg_values_supported"));
        Assert.Equal(["openid"], Texts("scopes_supported"));
        Assert.False((bool)answer.Json["request_uri_parameter_supported"]!);
        Assert.Null(answer.Json["authorization_endpoint"]);

        IEnumerable<string> Texts(string member) => answer.Json[member]!.AsArray().Select(one => (string)one!);
    }

    [Fact]
    public async Task Jwks_HoldsPublicMembersOnly()
    {
        await using var world = await OpWorld.StartAsync();

        var answer = (await world.GetAsync("/jwks")).Expect(200);

        Assert.Equal("public, max-age=900", answer.CacheControl);
        var key = Assert.Single(answer.Json["keys"]!.AsArray())!.AsObject();
        Assert.Equal(world.OpKey.KeyId, (string?)key["kid"]);
        Assert.Empty(key.Select(member => member.Key).Except(["kty", "crv", "x", "y", "kid", "alg", "use", "key_ops"]));
    }

    [Fact]
    public async Task Facets_AreServedWithTheirMediaTypeAndHoldTheConfiguredAppsOnly()
    {
        await using var world = await OpWorld.StartAsync();

        var answer = (await world.GetAsync("/uaf/facets")).Expect(200);

        Assert.Equal(("application/fido.trusted-apps+json", "public, max-age=900"), (answer.MediaType, answer.CacheControl));
        Assert.Equal(OpWorld.Facet, (string?)answer.Json["trustedFacets"]![0]!["ids"]![0]);
        Assert.Single(answer.Json["trustedFacets"]![0]!["ids"]!.AsArray());
    }
}
