using System.Text;
using System.Text.Json.Nodes;
using MedId.Consent;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Cli.Tests;

/// <summary>Inputs for the consent verbs; the artefact is synthetic.</summary>
internal static class ArtefactExamples
{
    public const string Meity =
        "<Consent xmlns=\"http://meity.gov.in\" timestamp=\"2026-04-01T00:00:00Z\"><Def id=\"3f6c1f0e-8d0f-4a53-9f3b-0a2d6c1b9a11\" expiry=\"2026-09-30T00:00:00Z\" revocable=\"true\"/>"
        + "<Collector type=\"URI\" value=\"https://op.example.jp\"/><DataConsumer type=\"URI\" value=\"https://ehr.clinic-a.example.jp\"/><DataProvider type=\"URI\" value=\"https://fhir.hospital-b.example.jp\"/>"
        + "<User type=\"MOBILE\" value=\"0000000000\"/><Data-Items><Data id=\"Observation\" type=\"PROFILE\"><Access mode=\"VIEW\"/><Datalife unit=\"MONTH\" value=\"6\"/></Data></Data-Items>"
        + "<Purpose code=\"TREAT\" defUri=\"http://terminology.hl7.org/CodeSystem/v3-ActReason\">Treatment</Purpose></Consent>";

    public static JsonObject Inspect() => new() { ["id"] = "example", ["artefact"] = Meity };

    public static JsonObject Convert() => new() { ["id"] = "example", ["artefact"] = Meity, ["to"] = "fhir" };

    public static async Task<JsonObject> VerifyAsync(TestCertificate signer, TestCertificate root, TestCertificate issuer)
    {
        using var key = signer.Key.ToSigningKey(SignatureAlgorithm.ES256);
        var signed = await ArtefactSigner.SignXmlAsync(
            Encoding.UTF8.GetBytes(Meity), ArtefactSignerRole.Collector, Certificate.Parse(signer.Der).Value!, new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), key);
        return new()
        {
            ["id"] = "example",
            ["at"] = "2026-04-01T00:00:00Z",
            ["artefact"] = Encoding.UTF8.GetString(signed.Value!),
            ["trustAnchors"] = new JsonArray(StrictBase64Url.Encode(root.Der)),
            ["intermediates"] = new JsonArray(StrictBase64Url.Encode(issuer.Der)),
        };
    }
}
