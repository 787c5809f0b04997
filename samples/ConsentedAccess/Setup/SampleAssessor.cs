using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Samples.ConsentedAccess;

/// <summary>An invented trust framework with one assessor, who has vetted the sample's EHR (row A13). Its key lives as long as this object.</summary>
internal sealed class SampleAssessor : IDisposable
{
    /// <summary>The framework's id, which a person may name in a consent given beforehand.</summary>
    public const string FrameworkId = "https://medidsdk.example/sample/trust-framework";

    private const string Issuer = "https://medidsdk.example/sample/assessor";
    private const string Criterion = "sample-security-audit";
    private readonly LocalSigningKey _key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
    private readonly string _client;

    public SampleAssessor(string client) => _client = client;

    /// <summary>What the patient OP is told.</summary>
    public JsonObject Framework => new()
    {
        ["id"] = FrameworkId,
        ["name#ja"] = "医療サービス審査の枠組み（架空）",
        ["name#en"] = "Framework for vetting medical services (sample)",
        ["assessor"] = Issuer,
        ["jwks"] = JsonNode.Parse(JsonWebKeySet.Of([_key.ToJwk()]).ToJson()),
        ["criteria"] = new JsonArray(Criterion),
    };

    public void Dispose() => _key.Dispose();

    /// <summary>The statement about the EHR, good for a day.</summary>
    public ValueTask<string> SignAsync(CancellationToken cancellationToken)
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        return JwtSigner.SignAsync(
            _key,
            "trust-statement+jwt",
            claims =>
            {
                claims.WriteString("iss", Issuer);
                claims.WriteString("sub", _client);
                claims.WriteString("aud", FrameworkId);
                claims.WriteNumber("iat", now);
                claims.WriteNumber("exp", now + 86_400);
                claims.WriteString("jti", SecretGenerator.Base64Url());
                claims.WriteString("framework", FrameworkId);
                claims.WriteStartArray("criteria");
                claims.WriteStringValue(Criterion);
                claims.WriteEndArray();
                claims.WriteString("name", "みほん内科クリニック電子カルテ（架空）");
            },
            cancellationToken);
    }
}
