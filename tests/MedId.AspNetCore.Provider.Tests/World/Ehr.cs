using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The doctor's EHR as the wire sees it: forms, assertions and signed requests, written by code of its own.</summary>
internal sealed class Ehr(OpWorld world, string clientId, AsymmetricAlgorithm key, string alg, bool basic)
{
    public const string CibaGrant = "urn:openid:params:grant-type:ciba";

    public string ClientId => clientId;

    public static AuthenticationHeaderValue BasicHeader(string id, string secret) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.EscapeDataString(id) + ":" + Uri.EscapeDataString(secret))));

    public string Sign(JsonObject claims, string? type, AsymmetricAlgorithm? otherKey = null) => Jwt.Sign(otherKey ?? key, alg, type, claims, clientId + "-key");

    /// <summary>The claims of a valid signed request for one account, by login hint and user code.</summary>
    public JsonObject RequestClaims(string account = "synthetic-account-a", Action<JsonObject>? change = null)
    {
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["aud"] = world.Issuer,
            ["iat"] = now,
            ["nbf"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["scope"] = $"openid {OpWorld.Basic} {OpWorld.Medication}",
            ["acr_values"] = OpWorld.Trial,
            ["login_hint"] = "login-of-" + account,
            ["user_code"] = "synthetic-code-1234",
            ["binding_message"] = "WXYZ-1234",
            ["requested_expiry"] = 120,
            ["resource"] = OpWorld.Resource,
            ["actor_token"] = world.Doctors.Evidence(world.Issuer, clientId),
            ["actor_token_type"] = "urn:ietf:params:oauth:token-type:jwt",
        };
        change?.Invoke(claims);
        return claims;
    }

    /// <summary>Step 2. The change is made before the request is signed.</summary>
    public Task<WireAnswer> AuthorizeAsync(Action<JsonObject>? change = null, string account = "synthetic-account-a", HttpClient? http = null) =>
        FormAsync("/bc-authorize", [new("request", Sign(RequestClaims(account, change), "oauth-authz-req+jwt"))], http);

    public Task<WireAnswer> PollAsync(string authReqId, HttpClient? http = null) => FormAsync("/token", [new("grant_type", CibaGrant), new("auth_req_id", authReqId)], http);

    /// <summary>A poll with headers of the test's own: proofs, certificates.</summary>
    public Task<WireAnswer> PollWithAsync(string authReqId, Action<HttpRequestMessage> change, HttpClient? http = null) =>
        world.SendFormAsync("/token", [new("grant_type", CibaGrant), new("auth_req_id", authReqId), .. Assertion()], change, http);

    public Task<WireAnswer> RefreshAsync(string refreshToken, string? scope = null) =>
        FormAsync("/token", [new("grant_type", "refresh_token"), new("refresh_token", refreshToken), .. scope is null ? [] : new KeyValuePair<string, string>[] { new("scope", scope) }]);

    public Task<WireAnswer> RevokeAsync(string token, string? hint = null) =>
        FormAsync("/revoke", [new("token", token), .. hint is null ? [] : new KeyValuePair<string, string>[] { new("token_type_hint", hint) }]);

    /// <summary>A form with the client's authentication beside it.</summary>
    public Task<WireAnswer> FormAsync(string path, IEnumerable<KeyValuePair<string, string>> form, HttpClient? http = null) => basic
        ? world.SendFormAsync(path, form, request => request.Headers.Authorization = BasicHeader(clientId, OpWorld.Secret), http)
        : world.SendFormAsync(path, [.. form, .. Assertion()], null, http);

    public KeyValuePair<string, string>[] Assertion(Action<JsonObject>? change = null)
    {
        var now = world.Time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = clientId,
            ["sub"] = clientId,
            ["aud"] = world.Issuer,
            ["iat"] = now,
            ["exp"] = now + 60,
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        change?.Invoke(claims);
        return
        [
            new("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            new("client_assertion", Sign(claims, "JWT")),
        ];
    }
}
