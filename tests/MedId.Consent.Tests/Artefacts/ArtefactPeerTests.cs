using System.Buffers.Text;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Consent;
using MedId.Cryptography;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>Others verify what we sign, we verify what others sign, and the published schemas accept what we write.</summary>
[Trait("Peer", "node")]
public sealed class ArtefactPeerTests
{
    [Fact]
    public async Task SignJsonAsync_EveryFormat_IsVerifiedByJoseOverTheSameBytes()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "manager-1");
        var keys = JsonNode.Parse(JsonWebKeySet.Of(new JsonWebKey(key.PublicKey, key.KeyId)).ToJson());
        var lines = new List<JsonObject>();
        var payloads = new List<byte[]>();
        foreach (var file in new[] { "abdm-hip-notify-granted-sample.json", "rebit-aa-consent-request-sample.json", "fhir-r4-consent-sample.json", "iso27560-record-sample.json", "kantara-cr-1.1-example.json" })
        {
            var bytes = ConsentVectors.Read(file);
            var signed = await ArtefactSigner.SignJsonAsync(bytes, key, TestContext.Current.CancellationToken);
            var changed = signed.Value!.Split('.');
            changed[1] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(JsonNode.Parse(bytes)!.ToJsonString()));
            payloads.Add(bytes);
            lines.Add(new() { ["kind"] = "verify", ["jws"] = signed.Value, ["jwks"] = keys!.DeepClone(), ["typ"] = ArtefactVerificationPolicy.JwsType });
            lines.Add(new() { ["kind"] = "verify", ["jws"] = string.Join('.', changed), ["jwks"] = keys.DeepClone() });
        }

        var answers = await ConsentPeer.JudgeAsync(lines);

        for (var index = 0; index < payloads.Count; index++)
        {
            Assert.True((bool)answers[2 * index]["valid"]!, answers[2 * index].ToJsonString());
            Assert.Equal(payloads[index], Base64Url.DecodeFromChars((string)answers[2 * index]["payload"]!));
            Assert.False((bool)answers[(2 * index) + 1]["valid"]!);
        }
    }

    [Fact]
    public async Task VerifyJws_SignedByJose_IsAccepted()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "manager-1");
        var sample = ConsentVectors.Read("fhir-r4-consent-sample.json");
        var answers = await ConsentPeer.JudgeAsync(new JsonObject
        {
            ["kind"] = "sign",
            ["jwk"] = PrivateJwk(key),
            ["alg"] = "ES256",
            ["kid"] = "manager-1",
            ["typ"] = ArtefactVerificationPolicy.JwsType,
            ["payload"] = Base64Url.EncodeToString(sample),
        });
        var policy = new ArtefactVerificationPolicy { Signers = [new() { Role = ArtefactSignerRole.Collector, Keys = JsonWebKeySet.Of(new JsonWebKey(key.PublicKey, key.KeyId)) }] };
        var verification = ArtefactVerifier.VerifyJws([(string)answers[0]["jws"]!], policy, SigningScene.Now);

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        Assert.Equal(ConsentArtefacts.Read(ArtefactFormat.FhirR4, sample).Value, verification.Content);
    }

    [Fact]
    [Trait("Peer", "xmlsec1")]
    public async Task SignXmlAsync_BothSignatures_AreVerifiedByXmlsec1()
    {
        var signed = await SigningScene.SignedAsync();
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(signed).Replace("mode=\"VIEW\"", "mode=\"STORE\"", StringComparison.Ordinal));
        foreach (var (id, certificate) in new[] { ("UserSignature", SigningScene.User), ("CollectorSignature", SigningScene.Collector) })
        {
            Assert.True(await ConsentPeer.XmlSecVerifiesAsync(signed, id, certificate.Pem), id);
            Assert.False(await ConsentPeer.XmlSecVerifiesAsync(changed, id, certificate.Pem), id);
        }
    }

    [Fact]
    public async Task Write_FhirOfRandomArtefacts_IsValidByTheR4Schema()
    {
        var options = new ArtefactOptions { FhirExtensionBase = new("https://consent.example/fhir/") };
        var lines = new List<JsonObject> { Fhir(JsonNode.Parse(ConsentVectors.Read("fhir-r4-consent-sample.json"))), Fhir(JsonNode.Parse("""{"resourceType":"Consent","status":"active","nonsense":1}""")) };
        for (var seed = 1; seed <= 200; seed++)
        {
            var generator = new ArtefactGenerator(seed);
            foreach (var artefact in new[] { generator.Any(), generator.Fit(ArtefactFormat.FhirR4) })
            {
                if (ConsentArtefacts.Write(ArtefactFormat.FhirR4, artefact, options) is { Succeeded: true, Value: var written })
                {
                    lines.Add(Fhir(JsonNode.Parse(written.Bytes.Span)));
                }
            }
        }

        var answers = await ConsentPeer.JudgeAsync(lines);

        Assert.True(answers.Count > 200, $"{answers.Count}");
        Assert.False((bool)answers[1]["valid"]!);
        Assert.Null(answers.Where((_, i) => i != 1).FirstOrDefault(a => !(bool)a["valid"]!)?.ToJsonString());
    }

    [Fact]
    public async Task Write_AbdmAndKantaraOfRandomArtefacts_AreValidByTheirSchemas()
    {
        var abdm = JsonNode.Parse(ConsentVectors.Read("abdm-v0.5.schema.json"))!;
        var kantara = JsonNode.Parse(ConsentVectors.Read("kantara-cr-1.1-schema.json"), null, new() { CommentHandling = System.Text.Json.JsonCommentHandling.Skip })!;
        var lines = new List<JsonObject>();
        for (var seed = 1; seed <= 100; seed++)
        {
            var generator = new ArtefactGenerator(seed);
            foreach (var copy in new[] { AbdmCopy.Provider, AbdmCopy.Recipient })
            {
                var options = new ArtefactOptions { AbdmCopy = copy, AbdmRequestId = "5f7a535d-a3fd-416b-b069-c97d021fbacd", AbdmMessageTime = SigningScene.Now };
                var artefact = Health(generator.Fit(ArtefactFormat.AbdmJson));
                var node = JsonNode.Parse(ConsentArtefacts.Write(ArtefactFormat.AbdmJson, artefact, options).Value!.Bytes.Span)!.AsObject();
                Message(node, copy);
                lines.Add(new() { ["kind"] = "schema", ["schema"] = abdm.DeepClone(), ["pointer"] = "#/definitions/" + (copy == AbdmCopy.Provider ? "HIPConsentNotification" : "ConsentArtefactResponse"), ["value"] = node });
            }

            var receipt = ConsentArtefacts.Write(ArtefactFormat.KantaraReceipt, generator.Fit(ArtefactFormat.KantaraReceipt)).Value!;
            lines.Add(new() { ["kind"] = "schema", ["schema"] = kantara.DeepClone(), ["value"] = JsonNode.Parse(receipt.Bytes.Span) });
        }

        var answers = await ConsentPeer.JudgeAsync(lines);

        Assert.Null(answers.FirstOrDefault(a => !(bool)a["valid"]!)?.ToJsonString());
    }

    // Version 0.5 knows four types of health information and asks for identifiers that are UUIDs.
    private static ConsentArtefact Health(ConsentArtefact artefact) => artefact with
    {
        Id = "8a1c5d1a-7c1e-4a0e-9e8f-5b7c2f6f7a10",
        Subject = new() { Id = "sample@cm" },
        Clauses = [artefact.Clauses[0] with { Data = [new() { Code = "Prescription" }], Purposes = [artefact.Clauses[0].Purposes[0] with { System = "http://terminology.hl7.org/ValueSet/v3-PurposeOfUse" }] }],
    };

    // What belongs to the message and to the signature is not the artefact's: put in as a gateway would.
    private static void Message(JsonObject node, AbdmCopy copy)
    {
        var inner = node[copy == AbdmCopy.Provider ? "notification" : "consent"]!.AsObject();
        inner["signature"] = "c2lnbmF0dXJl";
        if (copy == AbdmCopy.Recipient)
        {
            node["resp"] = new JsonObject { ["requestId"] = "5f7a535d-a3fd-416b-b069-c97d021fbacd" };
        }
    }

    private static JsonObject Fhir(JsonNode? resource) => new() { ["kind"] = "fhir", ["resource"] = resource };

    private static JsonObject PrivateJwk(LocalSigningKey key)
    {
        using var ecdsa = System.Security.Cryptography.ECDsa.Create();
        ecdsa.ImportPkcs8PrivateKey(key.ExportPkcs8(), out _);
        var parameters = ecdsa.ExportParameters(includePrivateParameters: true);
        return new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64Url.EncodeToString(parameters.Q.X),
            ["y"] = Base64Url.EncodeToString(parameters.Q.Y),
            ["d"] = Base64Url.EncodeToString(parameters.D),
        };
    }
}
