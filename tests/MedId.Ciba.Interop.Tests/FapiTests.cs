using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.Ciba.Interop.Tests;

/// <summary>FAPI-CIBA Implementer's Draft 1 over TLS with client certificates, against a client that others wrote.</summary>
[Trait("Peer", "node")]
public sealed class FapiTests(FapiOp world) : IClassFixture<FapiOp>
{
    [Theory]
    [InlineData("tls", "tls_client_auth")]
    [InlineData("self-signed", "self_signed_tls_client_auth")]
    [InlineData("key", "private_key_jwt")]
    public async Task Poll_ByEachMethod_BindsTheTokensToTheCertificate(string client, string method)
    {
        world.Peer.Require();
        var certificate = client == "self-signed" ? world.Own : world.Named;
        var job = Signed(client, method, certificate);
        job["userinfo"] = true;

        var flow = await world.Peer.RunAsync(job);

        CoreTests.Ok(flow);
        using var shown = X509Certificate2.CreateFromPem(certificate.Certificate);
        Assert.Equal(Base64Url.EncodeToString(SHA256.HashData(shown.RawData)), (string?)flow["access"]!["cnf"]!["x5t#S256"]);
    }

    [Theory]
    [InlineData("other")]
    [InlineData("stranger")]
    [InlineData("own")]
    [InlineData("none")]
    public async Task TlsClientAuth_ByAnotherCertificate_IsInvalidClient(string which)
    {
        world.Peer.Require();
        var flow = await world.Peer.RunAsync(Signed("tls", "tls_client_auth", which switch
        {
            "other" => world.Other,
            "stranger" => world.Stranger,
            "own" => world.Own,
            _ => null,
        }));

        CoreTests.Refused(flow, (string?)flow["error"] == "OAUTH_WWW_AUTHENTICATE_CHALLENGE" ? "OAUTH_WWW_AUTHENTICATE_CHALLENGE" : "invalid_client");
        Assert.Equal(401, (int)flow["status"]!);
    }

    [Fact]
    public async Task SelfSigned_ByAnotherKey_IsInvalidClient()
    {
        world.Peer.Require();
        var flow = await world.Peer.RunAsync(Signed("self-signed", "self_signed_tls_client_auth", world.Named));

        Assert.False((bool)flow["ok"]!);
        Assert.Equal(401, (int)flow["status"]!);
    }

    [Fact]
    public async Task Token_WithoutACertificateToBindItTo_IsRefused()
    {
        world.Peer.Require();
        CoreTests.Refused(await world.Peer.RunAsync(Signed("key", "private_key_jwt", certificate: null)), "invalid_request");
    }

    [Fact]
    public async Task Request_WithoutASignature_IsRefused()
    {
        world.Peer.Require();
        CoreTests.Refused(await world.Peer.RunAsync(world.Job("key", "private_key_jwt", world.Named)), "invalid_request");
    }

    [Fact]
    public async Task Request_WithoutAnythingThatMakesItUnique_IsRefused()
    {
        var job = Signed("key", "private_key_jwt", world.Named);
        job["params"]!.AsObject().Remove("binding_message");

        CoreTests.Refused(await world.Peer.RunAsync(job), "invalid_request");
    }

    [Theory]
    [InlineData(3700)]
    [InlineData(-60)]
    public async Task Request_WithAnotherLifetime_IsRefused(int seconds)
    {
        var job = Signed("key", "private_key_jwt", world.Named);
        job["requestClaims"] = new JsonObject { ["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds };

        CoreTests.Refused(await world.Peer.RunAsync(job), "invalid_request");
    }

    [Fact]
    public async Task Registration_OfWhatTheProfileForbids_Is4xx()
    {
        world.Peer.Require();
        Assert.Equal(HttpStatusCode.BadRequest, await world.Op.RegisterAsync(new() { ["client_id"] = "x", ["client_secret"] = MedIdLab.WellKnownSecret, ["token_endpoint_auth_method"] = "client_secret_basic" }));
        Assert.Equal(HttpStatusCode.BadRequest, await world.Op.RegisterAsync(world.KeyClient("x", "RS256")));
        var push = world.KeyClient("x");
        (push["backchannel_token_delivery_mode"], push["backchannel_client_notification_endpoint"]) = ("push", "https://client.example/cb");
        Assert.Equal(HttpStatusCode.BadRequest, await world.Op.RegisterAsync(push));
    }

    [Fact]
    public async Task Discovery_PromisesWhatTheProfileAllows()
    {
        world.Peer.Require();
        var document = await world.Op.GetAsync("/.well-known/openid-configuration");

        Assert.Equal(["poll", "ping"], document["backchannel_token_delivery_modes_supported"]!.AsArray().Select(one => (string?)one));
        Assert.Equal(["private_key_jwt", "self_signed_tls_client_auth", "tls_client_auth"], document["token_endpoint_auth_methods_supported"]!.AsArray().Select(one => (string?)one).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("RS256", document["token_endpoint_auth_signing_alg_values_supported"]!.AsArray().Select(one => (string?)one));
        Assert.True((bool)document["tls_client_certificate_bound_access_tokens"]!);
    }

    private JsonObject Signed(string client, string method, (string Certificate, string Key)? certificate)
    {
        var job = world.Job(client, method, certificate);
        job["signed"] = "PS256";
        return job;
    }
}
