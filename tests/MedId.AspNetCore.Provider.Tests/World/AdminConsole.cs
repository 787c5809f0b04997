using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>An administration client as the wire sees it: one key, an operator for each call. Synthetic.</summary>
internal sealed class AdminConsole : IDisposable
{
    public const string ClientId = "admin-console";
    public const string Reader = "synthetic-reader";
    public const string Operator = "synthetic-operator";
    public const string Officer = "synthetic-officer";
    public const string OtherOfficer = "synthetic-officer-two";

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public OpWorld World { get; private set; } = null!;

    /// <summary>An OP with an administration, on an address of its own as far as one process has two.</summary>
    public OpSettings Settings(OpSettings? settings = null, Action<AdministrationOptions>? change = null, Action<MedIdProviderBuilder>? more = null, TenantId? tenant = null)
    {
        settings ??= new();
        return settings with
        {
            More = builder =>
            {
                settings.More?.Invoke(builder);
                builder.AddAdministration(options =>
                {
                    options.Clients.Add(new(
                        ClientId,
                        new AdministrationOperator(Reader, AdministrationRole.Read),
                        new AdministrationOperator(Operator, AdministrationRole.Read, AdministrationRole.Operate),
                        new AdministrationOperator(Officer, AdministrationRole.Read, AdministrationRole.Operate, AdministrationRole.Security),
                        new AdministrationOperator(OtherOfficer, AdministrationRole.Security)));
                    change?.Invoke(options);
                });
                builder.AddClients(Registration(tenant ?? TenantId.Single));
                more?.Invoke(builder);
            },
            Pipeline = app =>
            {
                settings.Pipeline?.Invoke(app);
                app.MapMedIdAdministration();
            },
        };
    }

    public static async Task<AdminConsole> StartAsync(OpSettings? settings = null, Action<AdministrationOptions>? change = null, Action<MedIdProviderBuilder>? more = null)
    {
        var console = new AdminConsole();
        console.World = await OpWorld.StartAsync(console.Settings(settings, change, more));
        return console;
    }

    public void Watch(OpWorld world) => World = world;

    public Task<AdminAnswer> GetAsync(string path, string actor = Officer, HttpClient? http = null) => SendAsync(HttpMethod.Get, path, null, actor, http: http);

    public Task<AdminAnswer> PostAsync(string path, JsonObject? body = null, string actor = Officer, long? match = null, HttpClient? http = null) =>
        SendAsync(HttpMethod.Post, path, body ?? [], actor, match, http: http);

    public Task<AdminAnswer> PutAsync(string path, JsonObject body, string actor = Officer, long? match = null) => SendAsync(HttpMethod.Put, path, body, actor, match);

    public Task<AdminAnswer> DeleteAsync(string path, long match, string actor = Officer) => SendAsync(HttpMethod.Delete, path, null, actor, match);

    public async Task<AdminAnswer> SendAsync(
        HttpMethod method, string path, JsonObject? body, string? actor, long? match = null, Action<HttpRequestMessage>? change = null, HttpClient? http = null)
    {
        using var request = new HttpRequestMessage(method, "/admin/v1" + path);
        if (body is not null)
        {
            request.Content = OpWorld.Content(Encoding.UTF8.GetBytes(body.ToJsonString()), "application/json");
        }

        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + Assertion());
        if (actor is not null)
        {
            request.Headers.TryAddWithoutValidation("MedId-Operator", actor);
        }

        if (match is { } version)
        {
            request.Headers.TryAddWithoutValidation(version == 0 ? "If-None-Match" : "If-Match", version == 0 ? "*" : $"\"{version}\"");
        }

        change?.Invoke(request);
        using var response = await (http ?? World.Http).SendAsync(request);
        return new(await WireAnswer.ReadAsync(response), response.Headers.ETag?.Tag is { } tag ? long.Parse(tag.Trim('"'), System.Globalization.CultureInfo.InvariantCulture) : null);
    }

    public string Assertion(Action<JsonObject>? change = null)
    {
        var now = World.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject { ["iss"] = ClientId, ["sub"] = ClientId, ["aud"] = World.Issuer + "/admin/v1", ["iat"] = now, ["exp"] = now + 60, ["jti"] = Guid.NewGuid().ToString("N") };
        change?.Invoke(claims);
        return Jwt.Sign(_key, "ES256", "JWT", claims, ClientId + "-key");
    }

    /// <summary>A signed order for the kill switch.</summary>
    public string Order(string target, string state, string actor = Officer, Action<JsonObject>? change = null, ECDsa? key = null, string type = "medid-switch-order+jwt")
    {
        var now = World.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = ClientId,
            ["sub"] = actor,
            ["aud"] = World.Issuer,
            ["iat"] = now,
            ["exp"] = now + 120,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["target"] = target,
            ["state"] = state,
            ["reason"] = "drill",
        };
        change?.Invoke(claims);
        return Jwt.Sign(key ?? _key, "ES256", type, claims, ClientId + "-key");
    }

    public Task<AdminAnswer> SwitchAsync(string target, string state, string actor = Officer, Action<JsonObject>? change = null, HttpClient? http = null) =>
        PostAsync("/switches", new() { ["order"] = Order(target, state, actor, change) }, actor, http: http);

    /// <summary>The lines of the trail, newest last.</summary>
    public async Task<IReadOnlyList<AuditLine>> TrailAsync()
    {
        var tenant = World.Services.GetRequiredService<ProviderOptions>().Tenant;
        List<AuditLine> lines = [];
        while (true)
        {
            var page = await World.Store.ListAuditAsync(tenant, lines.Count + 1, 500);
            lines.AddRange(page.Select(one => AuditEntry.Parse(one.Bytes).Value!.Line));
            if (page.Count < 500)
            {
                return lines;
            }
        }
    }

    public void Dispose() => _key.Dispose();

    private ClientRegistration Registration(TenantId tenant) => new(tenant, ClientMetadata.Parse(Encoding.UTF8.GetBytes(new JsonObject
    {
        ["client_id"] = ClientId,
        ["token_endpoint_auth_method"] = "private_key_jwt",
        ["token_endpoint_auth_signing_alg"] = "ES256",
        ["grant_types"] = new JsonArray(),
        ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(_key, ClientId + "-key")) },
    }.ToJsonString())).Value!);
}
