using System.Buffers.Text;
using System.Text.Json.Nodes;
using MedId.Consent;
using MedId.Cryptography;

namespace MedId.Cli.Tests;

/// <summary>The consent verbs: what goes in, what comes out.</summary>
public sealed class ArtefactVerbTests
{
    [Fact]
    public void Inspect_AMeityArtefact_GivesTheNeutralRecord()
    {
        var answer = Medid.One("consent", "inspect", ArtefactExamples.Inspect().ToJsonString());

        Assert.Equal("meity-xml", answer.GetProperty("format").GetString());
        Assert.Equal("https://ehr.clinic-a.example.jp", answer.GetProperty("record").GetProperty("recipient").GetProperty("id").GetString());
        Assert.Equal("Observation", answer.GetProperty("record").GetProperty("clauses")[0].GetProperty("data")[0].GetProperty("code").GetString());
    }

    [Fact]
    public void Convert_ToFhir_GivesTheResourceAndWhatIsLost()
    {
        var answer = Medid.One("consent", "convert", ArtefactExamples.Convert().ToJsonString());
        var again = Medid.One("consent", "inspect", new JsonObject { ["id"] = 1, ["artefact"] = JsonNode.Parse(answer.GetProperty("artefact").GetRawText()) }.ToJsonString());

        Assert.Equal("fhir-r4", again.GetProperty("format").GetString());
        Assert.Contains("retention", answer.GetProperty("lost").EnumerateArray().Select(l => l.GetString()));
        Assert.False(again.GetProperty("record").GetProperty("clauses")[0].TryGetProperty("retention", out _));
    }

    [Fact]
    public void Convert_ToAbdm_IsRefusedByWhatNobodySaid()
    {
        var input = ArtefactExamples.Convert();
        input["to"] = "abdm";
        var answer = Medid.One("consent", "convert", input.ToJsonString());

        Assert.Equal(("refused", ConsentErrorCodes.MemberMissing), (answer.GetProperty("outcome").GetString(), answer.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Verify_AJws_NamesTheKey()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "manager-1");
        var resource = Medid.One("consent", "convert", ArtefactExamples.Convert().ToJsonString()).GetProperty("artefact").GetRawText();
        var jws = await ArtefactSigner.SignJsonAsync(System.Text.Encoding.UTF8.GetBytes(resource), key, TestContext.Current.CancellationToken);
        var jwk = JsonNode.Parse(JsonWebKeySet.Of(new JsonWebKey(key.PublicKey, key.KeyId)).ToJson())!["keys"]![0]!.DeepClone();
        var answer = Medid.One("consent", "verify", new JsonObject { ["id"] = 1, ["artefact"] = jws.Value, ["keys"] = new JsonArray(jwk) }.ToJsonString());
        var stranger = Medid.One("consent", "verify", new JsonObject { ["id"] = 1, ["artefact"] = jws.Value, ["keys"] = new JsonArray() }.ToJsonString());

        Assert.Equal("accepted", answer.GetProperty("outcome").GetString());
        Assert.Equal("manager-1", answer.GetProperty("signatures")[0].GetProperty("keyId").GetString());
        Assert.Equal("undetermined", stranger.GetProperty("outcome").GetString());
        Assert.Equal(resource.Length, Base64Url.DecodeFromChars(jws.Value!.Split('.')[1]).Length);
    }
}
