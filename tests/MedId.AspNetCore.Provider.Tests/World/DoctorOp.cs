using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The doctor's OP, of which the patient's OP sees metadata and keys over HTTP, and the EHR gets evidence. Synthetic.</summary>
internal sealed class DoctorOp(TimeProvider time) : HttpMessageHandler
{
    public const string Issuer = "https://doctors.example";

    private readonly Dictionary<string, JsonObject> _published = new(StringComparer.Ordinal);
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string DoctorName { get; set; } = "架空 𠮷野 医師";

    public string Subject { get; set; } = "synthetic-doctor";

    public bool Unreachable { get; set; }

    public string Organization { get; set; } = "架空クリニック";

    /// <summary>Another document that the OP can fetch.</summary>
    public void Publish(string url, JsonObject document) => _published[url] = document;

    public string Evidence(string audience, string clientId, Action<JsonObject>? change = null, ECDsa? key = null)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var claims = new JsonObject
        {
            ["iss"] = Issuer,
            ["aud"] = audience,
            ["azp"] = clientId,
            ["sub"] = Subject,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["jti"] = Guid.NewGuid().ToString("N"),
            ["auth_time"] = now,
            ["acr"] = "urn:example:doctors",
            ["amr"] = new JsonArray("pwd"),
            ["extensions"] = new JsonObject
            {
                ["ihe_iua"] = new JsonObject
                {
                    ["subject_name"] = DoctorName,
                    ["subject_organization"] = Organization,
                    ["subject_organization_id"] = "urn:example:synthetic-organization",
                    ["subject_role"] = new JsonArray(new JsonObject { ["system"] = "https://example.org/roles", ["code"] = "physician", ["display"] = "医師" }),
                    ["purpose_of_use"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActReason", ["code"] = "TREAT", ["display"] = "treatment" }),
                },
            },
        };
        change?.Invoke(claims);
        return Jwt.Sign(key ?? _key, "ES256", "practitioner-evidence+jwt", claims, "doctor-key");
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (Unreachable)
        {
            throw new HttpRequestException("synthetic failure");
        }

        JsonObject? body = request.RequestUri!.AbsoluteUri switch
        {
            Issuer + "/.well-known/openid-configuration" => new() { ["issuer"] = Issuer, ["token_endpoint"] = Issuer + "/token", ["jwks_uri"] = Issuer + "/jwks" },
            Issuer + "/jwks" => new() { ["keys"] = new JsonArray(Jwt.PublicJwk(_key, "doctor-key")) },
            var other => _published.TryGetValue(other, out var document) ? document : null,
        };
        return Task.FromResult(new HttpResponseMessage(body is null ? HttpStatusCode.NotFound : HttpStatusCode.OK)
        {
            RequestMessage = request,
            Content = new StringContent(body?.ToJsonString() ?? string.Empty, Encoding.UTF8, "application/json"),
        });
    }

    protected override void Dispose(bool disposing)
    {
        _key.Dispose();
        base.Dispose(disposing);
    }
}
