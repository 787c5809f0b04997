using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.AspNetCore.Provider.Tests.Clients;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using MedId.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>An administration client whose credential is the certificate of its connection (RFC 8705), named by <c>MedId-Client</c>.</summary>
public sealed class AdministrationByCertificateTests
{
    private const string Named = "admin-by-name";
    private const string SelfSigned = "admin-self-signed";

    [Fact]
    public async Task Call_ByTheCertificateOfTheClient_ActsForItsOperator()
    {
        await using var world = await StartAsync();
        foreach (var (client, certificate) in new[] { (Named, MtlsWorld.Certificate), (SelfSigned, MtlsWorld.Own) })
        {
            using var http = MtlsWorld.Connect(world, certificate);
            Assert.Equal(200, (await SendAsync(world, http, HttpMethod.Get, "/clients", client)).Status);
            var registered = await SendAsync(world, http, HttpMethod.Put, "/clients/ehr-of-" + client, client, body: AdministrationClientTests.Registration());
            Assert.Equal(201, registered.Status);
            var line = (await world.Store.ListAuditAsync(TenantId.Single, 1, 500)).Select(one => AuditEntry.Parse(one.Bytes).Value!.Line).Last(one => one.Event == AuditEventKind.ClientChanged);
            Assert.Equal("ehr-of-" + client, line.ObjectId);
            Assert.Equal([AdminConsole.Officer, client], line.Agents.Select(static agent => agent.Id));
        }
    }

    [Fact]
    public async Task Call_WithoutThatCertificate_IsNobodys()
    {
        await using var world = await StartAsync();
        using var none = MtlsWorld.Connect(world, null);
        using var other = MtlsWorld.Connect(world, MtlsWorld.Issue(MtlsWorld.OtherAuthority));
        using var right = MtlsWorld.Connect(world, MtlsWorld.Certificate);

        // No certificate, another authority's with the same name, the right one in another client's name, and the right one in nobody's.
        Assert.Equal(401, (await SendAsync(world, none, HttpMethod.Get, "/clients", Named)).Status);
        Assert.Equal(401, (await SendAsync(world, other, HttpMethod.Get, "/clients", Named)).Status);
        Assert.Equal(401, (await SendAsync(world, right, HttpMethod.Get, "/clients", SelfSigned)).Status);
        Assert.Equal(401, (await SendAsync(world, right, HttpMethod.Get, "/clients", client: null)).Status);
        Assert.Equal(401, (await SendAsync(world, right, HttpMethod.Get, "/clients", AdminConsole.ClientId)).Status);

        // A certificate is no second credential: what stands in Authorization is the one that counts.
        Assert.Equal(401, (await SendAsync(world, right, HttpMethod.Get, "/clients", Named, change: request => request.Headers.TryAddWithoutValidation("Authorization", "Bearer nonsense"))).Status);
        Assert.Equal(401, (await SendAsync(world, right, HttpMethod.Get, "/clients", Named, change: request => request.Headers.TryAddWithoutValidation("MedId-Client", SelfSigned))).Status);

        // Strangers fill no trail.
        Assert.DoesNotContain(
            (await world.Store.ListAuditAsync(TenantId.Single, 1, 500)).Select(one => AuditEntry.Parse(one.Bytes).Value!.Line),
            line => line.Event is AuditEventKind.AdministrationRefused or AuditEventKind.AdministrationRead);
    }

    [Fact]
    public async Task Call_ByAnAuthenticatedClientThatIsNoAdministrationClient_IsRefusedAndRecorded()
    {
        await using var world = await StartAsync();
        using var http = MtlsWorld.Connect(world, MtlsWorld.Certificate);
        var stranger = await SendAsync(world, http, HttpMethod.Get, "/clients", MtlsWorld.Named);
        Assert.Equal((403, ProviderErrorCodes.AdministrationClientUnknown), (stranger.Status, stranger.Code));
        var unknown = await SendAsync(world, http, HttpMethod.Get, "/clients", Named, actor: "synthetic-nobody");
        Assert.Equal((403, ProviderErrorCodes.AdministrationOperatorUnknown), (unknown.Status, unknown.Code));
        Assert.Equal(
            [ProviderErrorCodes.AdministrationClientUnknown, ProviderErrorCodes.AdministrationOperatorUnknown],
            (await world.Store.ListAuditAsync(TenantId.Single, 1, 500)).Select(one => AuditEntry.Parse(one.Bytes).Value!.Line).Where(line => line.Event == AuditEventKind.AdministrationRefused).Select(line => line.ErrorCode));
    }

    [Fact]
    public async Task KillSwitch_OrderSignedByARegisteredKey_IsTakenOverTheCertificatesConnection()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var world = await StartAsync(json => json["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(key, "order-key")) });
        await world.PutAccountAsync("synthetic-account-a");
        using var http = MtlsWorld.Connect(world, MtlsWorld.Certificate);
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Named,
            ["sub"] = AdminConsole.Officer,
            ["aud"] = world.Issuer,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = "1",
            ["target"] = "requests",
            ["state"] = "engaged",
            ["reason"] = "drill",
        };
        var order = Jwt.Sign(key, "ES256", "medid-switch-order+jwt", claims, "order-key");
        Assert.Equal(200, (await SendAsync(world, http, HttpMethod.Post, "/switches", Named, body: new() { ["order"] = order })).Status);
        Assert.Equal(ProviderErrorCodes.RequestsStopped, (await world.Ehr.AuthorizeAsync(http: http)).Code);
    }

    private static Task<OpWorld> StartAsync(Action<JsonObject>? named = null)
    {
        var own = Cryptography.PublicKey.FromSubjectPublicKeyInfo(MtlsWorld.Own.Key.SubjectPublicKeyInfo).Value!;
        return MtlsWorld.StartTlsAsync(
            options => options.Authorities.Add(MtlsWorld.Anchor(MtlsWorld.Authority)),
            builder =>
            {
                builder.AddClients(
                    Registration(Named, "tls_client_auth", json =>
                    {
                        json["tls_client_auth_subject_dn"] = "CN=api.hospital.example,O=Synthetic Hospital,C=JP";
                        named?.Invoke(json);
                    }),
                    Registration(SelfSigned, "self_signed_tls_client_auth", json => json["jwks"] = JsonNode.Parse(JsonWebKeySet.Of(own.ToJwk("tls-1")).ToJson())));
                builder.AddAdministration(options =>
                {
                    foreach (var client in (string[])[Named, SelfSigned])
                    {
                        options.Clients.Add(new(client, new AdministrationOperator(AdminConsole.Officer, AdministrationRole.Read, AdministrationRole.Operate, AdministrationRole.Security)));
                    }
                });
            },
            static app => app.MapMedIdAdministration());
    }

    private static ClientRegistration Registration(string id, string method, Action<JsonObject> change)
    {
        var json = new JsonObject { ["client_id"] = id, ["token_endpoint_auth_method"] = method, ["grant_types"] = new JsonArray() };
        change(json);
        return new(TenantId.Single, ClientMetadata.Parse(Encoding.UTF8.GetBytes(json.ToJsonString())).Value!);
    }

    private static Task<WireAnswer> SendAsync(
        OpWorld world, HttpClient http, HttpMethod method, string path, string? client, string actor = AdminConsole.Officer, JsonObject? body = null, Action<HttpRequestMessage>? change = null) => world.SendAsync(
            method,
            "/admin/v1" + path,
            body is null ? null : OpWorld.Content(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json"),
            request =>
            {
                request.Headers.TryAddWithoutValidation("MedId-Operator", actor);
                if (client is not null)
                {
                    request.Headers.TryAddWithoutValidation("MedId-Client", client);
                }

                if (method == HttpMethod.Put)
                {
                    request.Headers.TryAddWithoutValidation("If-None-Match", "*");
                }

                change?.Invoke(request);
            },
            http);
}
