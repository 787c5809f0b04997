using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Registration;

/// <summary>One thing that is wrong with a registration or with the OP for it, the code that says so, and the member that the detail begins with. Synthetic.</summary>
internal sealed record RegistrationCase(string Code, string Member)
{
    public const string ClientId = "ehr-judged";

    public static ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>Changes the registration of a client that is right.</summary>
    public Action<JsonObject> Client { get; init; } = static _ => { };

    /// <summary>Changes the OP.</summary>
    public Action<MedIdProviderBuilder> Op { get; init; } = static _ => { };

    public bool Serves { get; init; }

    /// <summary>What is asked of the OP when everything is right, too: somebody fetches keys, and this client asks for every access.</summary>
    public static void Whole(MedIdProviderBuilder op)
    {
        op.AddRemoteKeys(static _ => new JwksClient(new ProtocolHttpClient(new HttpClient(GuardedHttpHandler.Create()))));
        op.Services.Configure<ProviderOptions>(static options => options.ReuseByClient.TryAdd(ClientId, new(ConsentReuse.EachTime, TimeSpan.FromMinutes(10))));
    }

    /// <summary>The registration. Where secrets are not made for clients, it brings one.</summary>
    public JsonObject Registration(bool withSecret)
    {
        var json = new JsonObject
        {
            ["client_id"] = ClientId,
            ["client_name"] = "Synthetic",
            ["token_endpoint_auth_method"] = "private_key_jwt",
            ["jwks"] = new JsonObject { ["keys"] = new JsonArray(Jwt.PublicJwk(Key, ClientId + "-key")) },
            ["grant_types"] = Serves ? new JsonArray() : new JsonArray("urn:openid:params:grant-type:ciba"),
        };
        json[Serves ? "served_resources" : "resources"] = new JsonArray(Serves ? "https://judged.example/fhir" : OpWorld.Resource);
        if (!Serves)
        {
            json["backchannel_token_delivery_mode"] = "poll";
            json["scope"] = "openid " + OpWorld.Basic;
        }

        Client(json);
        if (withSecret && ((string)json["token_endpoint_auth_method"]!).StartsWith("client_secret", StringComparison.Ordinal))
        {
            json["client_secret"] = OpWorld.Secret;
        }

        return json;
    }

    /// <summary>The registration as a host configures it.</summary>
    public ClientRegistration Configured()
    {
        var json = Registration(withSecret: true);
        var (resources, serves) = (Take(json, "resources"), Take(json, "served_resources"));
        return new(TenantId.Single, ClientMetadata.Parse(System.Text.Encoding.UTF8.GetBytes(json.ToJsonString())).Value!) { Resources = resources, ServedResources = serves };
    }

    private static string[] Take(JsonObject json, string name)
    {
        string[] taken = [.. (json[name] as JsonArray ?? []).Select(static one => (string)one!)];
        json.Remove(name);
        return taken;
    }

    public static void Pairwise(MedIdProviderBuilder op) => op.AddPairwiseSubjects(static tenant => new(tenant, new byte[32]));

    public static JsonObject BySecret(JsonObject json, string method) => Set(json, ("token_endpoint_auth_method", method));

    public static JsonObject Publishes(JsonObject json, string url = "https://ehr.example/jwks")
    {
        json.Remove("jwks");
        return Set(json, ("jwks_uri", url));
    }

    public static JsonObject Set(JsonObject json, params (string Name, JsonNode Value)[] members)
    {
        foreach (var (name, value) in members)
        {
            json[name] = value;
        }

        return json;
    }
}
