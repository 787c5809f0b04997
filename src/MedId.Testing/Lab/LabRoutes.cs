using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Ciba.Server;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Testing;

/// <summary>The hook's endpoints: callers on this machine only; to everybody else there is nothing here.</summary>
internal static class LabRoutes
{
    private const int MaxListed = 50;
    private const int HintSeconds = 240;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapGroup("/_lab");
        group.MapGet("/state", static (HttpContext http) => GuardAsync(http, StateAsync));
        group.MapGet("/requests", static (HttpContext http) => GuardAsync(http, RequestsAsync));
        group.MapGet("/requests/{id}", static (HttpContext http) => GuardAsync(http, RequestAsync));
        group.MapPost("/policy", static (HttpContext http) => GuardAsync(http, PolicyAsync));
        group.MapPost("/clients", static (HttpContext http) => GuardAsync(http, ClientAsync));
        group.MapPost("/requests/{id}/{verb}", static (HttpContext http) => GuardAsync(http, DecideAsync));
        group.MapPost("/users", static (HttpContext http) => GuardAsync(http, UserAsync));
        group.MapPost("/users/{id}/suspend", static (HttpContext http) => GuardAsync(http, SuspendAsync));
        group.MapGet("/users/{id}/login-hint-token", static (HttpContext http) => GuardAsync(http, HintTokenAsync));
        group.MapPost("/reset", static (HttpContext http) => GuardAsync(http, ResetAsync));
        group.Map("/{**rest}", static (HttpContext http) => GuardAsync(http, static (h, _) => LabJson.RefuseAsync(h, StatusCodes.Status404NotFound, "no such hook")));
    }

    private static async Task GuardAsync(HttpContext http, Func<HttpContext, JsonObject, Task> handle)
    {
        // A proxy on this machine would make the whole world local: what was forwarded is not answered.
        if (http.Connection.RemoteIpAddress is not { } caller || !IPAddress.IsLoopback(caller) || http.Request.Headers.ContainsKey("Forwarded") || http.Request.Headers.ContainsKey("X-Forwarded-For"))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        if (await LabJson.ReadAsync(http).ConfigureAwait(false) is { } body)
        {
            await handle(http, body).ConfigureAwait(false);
            return;
        }

        await LabJson.RefuseAsync(http, StatusCodes.Status400BadRequest, "a JSON object").ConfigureAwait(false);
    }

    private static Task StateAsync(HttpContext http, JsonObject body) => LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonObject
    {
        ["issuer"] = Service<ProviderOptions>(http).Issuer,
        ["policy"] = Describe(Service<LabActs>(http).Policy),
        ["requests"] = new JsonArray([.. Service<LabRequests>(http).All.TakeLast(MaxListed).Select(one => (JsonNode)LabJson.Describe(one))]),
        ["clients"] = new JsonArray([.. Service<LabClients>(http).Ids.Select(one => (JsonNode)one)]),
        ["authenticators"] = new JsonArray([.. LabAuthenticators.All.Select(one => (JsonNode)one)]),
    });

    private static Task RequestsAsync(HttpContext http, JsonObject body) =>
        LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonArray([.. Service<LabRequests>(http).All.Select(one => (JsonNode)LabJson.Describe(one))]));

    private static Task RequestAsync(HttpContext http, JsonObject body) =>
        Service<LabRequests>(http).Find((string)http.Request.RouteValues["id"]!) is { } seen
            ? LabJson.WriteAsync(http, StatusCodes.Status200OK, LabJson.Describe(seen))
            : LabJson.RefuseAsync(http, StatusCodes.Status404NotFound, "no such request");

    private static Task PolicyAsync(HttpContext http, JsonObject body)
    {
        var acts = Service<LabActs>(http);
        var (mode, delay) = (acts.Policy.Mode, acts.Policy.Delay);
        if ((body.ContainsKey("mode") && (!Enum.TryParse(LabJson.Text(body, "mode"), ignoreCase: true, out mode) || !Enum.IsDefined(mode)))
            || (body["delayMs"] is { } wait && !TryReadDelay(wait, out delay)))
        {
            return LabJson.RefuseAsync(http, StatusCodes.Status400BadRequest, "mode is pending, approve or deny; delayMs is 0 to 600000");
        }

        acts.Policy = new(mode, delay);
        return LabJson.WriteAsync(http, StatusCodes.Status200OK, Describe(acts.Policy));
    }

    private static async Task ClientAsync(HttpContext http, JsonObject body)
    {
        var put = await Service<LabClients>(http).PutAsync(Service<ProviderOptions>(http).Tenant, body, http.RequestAborted).ConfigureAwait(false);
        await (put.Succeeded
            ? LabJson.WriteAsync(http, StatusCodes.Status201Created, new JsonObject { ["client_id"] = put.Value })
            : LabJson.RefuseAsync(http, StatusCodes.Status400BadRequest, put.Error)).ConfigureAwait(false);
    }

    private static async Task DecideAsync(HttpContext http, JsonObject body)
    {
        var acts = Service<LabActs>(http);
        var verb = (string)http.Request.RouteValues["verb"]!;
        var error = LabJson.Text(body, "error") ?? "access_denied";
        var authenticator = LabJson.Text(body, "authenticator") ?? LabAuthenticators.Uaf;
        if (verb is not ("approve" or "deny" or "expire") || await acts.FindAsync((string)http.Request.RouteValues["id"]!, http.RequestAborted).ConfigureAwait(false) is not { } request)
        {
            await LabJson.RefuseAsync(http, StatusCodes.Status404NotFound, "no such request or verb").ConfigureAwait(false);
            return;
        }

        if (error is not ("access_denied" or "expired_token" or "transaction_failed") || !LabAuthenticators.All.Contains(authenticator, StringComparer.Ordinal))
        {
            await LabJson.RefuseAsync(http, StatusCodes.Status400BadRequest, "error is access_denied, expired_token or transaction_failed; authenticator is one of GET /_lab/state").ConfigureAwait(false);
            return;
        }

        // A transaction that failed is a request that has ended: the token endpoint has no other word for it (CIBA §11).
        var decided = verb switch
        {
            "approve" => await acts.ApproveAsync(request, authenticator, LabJson.Text(body, "scope")?.Split(' ', StringSplitOptions.RemoveEmptyEntries), http.RequestAborted).ConfigureAwait(false),
            "deny" when error == "access_denied" => await acts.DenyAsync(request, http.RequestAborted).ConfigureAwait(false),
            _ => await acts.ExpireAsync(request, http.RequestAborted).ConfigureAwait(false),
        };
        await (decided.Succeeded
            ? LabJson.WriteAsync(http, StatusCodes.Status200OK, await DescribeAsync(http, request).ConfigureAwait(false))
            : LabJson.RefuseAsync(http, StatusCodes.Status409Conflict, decided.Error)).ConfigureAwait(false);
    }

    private static async Task UserAsync(HttpContext http, JsonObject body)
    {
        if (LabJson.Text(body, "id") is not { } hint || LabUsers.IdOf(hint) is not { } id)
        {
            await LabJson.RefuseAsync(http, StatusCodes.Status400BadRequest, "id is a hint, and not of those whom nobody knows").ConfigureAwait(false);
            return;
        }

        bool? active = body["active"] is JsonValue flag && flag.TryGetValue(out bool wanted) ? wanted : null;
        await Service<LabUsers>(http).ChangeAsync(id, LabJson.Text(body, "userCode"), active, http.RequestAborted).ConfigureAwait(false);
        await LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["id"] = id }).ConfigureAwait(false);
    }

    private static async Task SuspendAsync(HttpContext http, JsonObject body)
    {
        if (LabUsers.IdOf((string)http.Request.RouteValues["id"]!) is not { } id)
        {
            await LabJson.RefuseAsync(http, StatusCodes.Status404NotFound, "no such person").ConfigureAwait(false);
            return;
        }

        await Service<LabUsers>(http).ChangeAsync(id, userCode: null, active: false, http.RequestAborted).ConfigureAwait(false);
        await LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["id"] = id, ["active"] = false }).ConfigureAwait(false);
    }

    /// <summary>A login hint token of this OP's own making, for an OP that believes itself.</summary>
    private static async Task HintTokenAsync(HttpContext http, JsonObject body)
    {
        if (LabUsers.IdOf((string)http.Request.RouteValues["id"]!) is not { } id)
        {
            await LabJson.RefuseAsync(http, StatusCodes.Status404NotFound, "no such person").ConfigureAwait(false);
            return;
        }

        var options = Service<ProviderOptions>(http);
        var ring = await Service<IKeyRingSource>(http).GetKeyRingAsync(options.Tenant, http.RequestAborted).ConfigureAwait(false);
        var now = Service<TimeProvider>(http).GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = options.Issuer,
            ["aud"] = options.Issuer,
            ["iat"] = now,
            ["exp"] = now + HintSeconds,
            ["jti"] = SecretGenerator.Base64Url(),
            ["sub_id"] = new JsonObject { ["format"] = "opaque", ["id"] = id },
        };
        var token = await JwtSigner.SignAsync(ring.Current(), "login-hint+jwt", Encoding.UTF8.GetBytes(claims.ToJsonString()), http.RequestAborted).ConfigureAwait(false);
        await LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonObject { ["login_hint_token"] = token }).ConfigureAwait(false);
    }

    private static async Task ResetAsync(HttpContext http, JsonObject body)
    {
        Service<LabRequests>(http).Clear();
        Service<LabActs>(http).Policy = LabPolicy.Initial;
        await Service<LabUsers>(http).ResetAsync(http.RequestAborted).ConfigureAwait(false);
        await LabJson.WriteAsync(http, StatusCodes.Status200OK, new JsonObject()).ConfigureAwait(false);
    }

    private static async ValueTask<JsonObject> DescribeAsync(HttpContext http, CibaRequest request)
    {
        var json = Service<LabRequests>(http).Find(request.Id) is { } seen
            ? LabJson.Describe(seen)
            : new JsonObject { ["id"] = request.Id, ["request"] = request.Id, ["clientId"] = request.ClientId, ["accountId"] = request.Subject };
        if (await Service<IProviderStore>(http).FindRequestAsync(request.Tenant, request.Id, http.RequestAborted).ConfigureAwait(false) is { Grant: { } grant })
        {
            json["acr"] = grant.Acr;
            json["amr"] = new JsonArray([.. grant.Amr.Select(method => (JsonNode)method)]);
            json["scope"] = string.Join(' ', grant.Scopes);
        }

        return json;
    }

    private static JsonObject Describe(LabPolicy policy) => new() { ["mode"] = policy.Mode.ToString().ToLowerInvariant(), ["delayMs"] = (long)policy.Delay.TotalMilliseconds };

    private static bool TryReadDelay(JsonNode json, out TimeSpan delay)
    {
        var isNumber = json is JsonValue value && value.TryGetValue(out double milliseconds) && milliseconds is >= 0 and <= 600_000;
        delay = isNumber ? TimeSpan.FromMilliseconds(json.GetValue<double>()) : TimeSpan.Zero;
        return isNumber;
    }

    private static T Service<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
