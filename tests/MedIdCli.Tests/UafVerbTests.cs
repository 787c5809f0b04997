using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>The UAF verbs, by their contract: one valid input, then one change each.</summary>
public sealed class UafVerbTests
{
    [Fact]
    public void VerifyRegistration_ValidResponse_GivesTheRegistration()
    {
        var answer = Ask("verify-registration", UafExamples.Registration());
        Assert.Equal((1200, "accepted"), (answer.GetProperty("status").GetInt32(), answer.GetProperty("outcome").GetString()));
        var assertion = Assert.Single(answer.GetProperty("assertions").EnumerateArray());
        var registration = assertion.GetProperty("registration");
        Assert.Equal(("FFFF#5A01", "account-1", "basic_full"), (Text(assertion, "aaid"), Text(registration, "user"), Text(registration, "attestation")));
        Assert.True(registration.GetProperty("trusted").GetBoolean());
        Assert.Equal((1, 0x100), (registration.GetProperty("algorithm").GetInt32(), registration.GetProperty("keyFormat").GetInt32()));
    }

    [Theory]
    [InlineData(UafFault.ModeZero, "uaf.mode", 1498)]
    [InlineData(UafFault.UnknownModel, "uaf.aaid_unknown", 1480)]
    [InlineData(UafFault.ForeignAttestationCertificate, "uaf.attestation_untrusted", 1496)]
    [InlineData(UafFault.NoIntermediateCertificate, "uaf.attestation_untrusted", 1496)]
    [InlineData(UafFault.OtherChallenge, "uaf.challenge_mismatch", 1491)]
    [InlineData(UafFault.NoArray, "uaf.response_malformed", 1498)]
    [InlineData(UafFault.DuplicateVersion, "uaf.version_duplicate", 1498)]
    [InlineData(UafFault.PaddedAssertion, "uaf.encoding", 1498)]
    public void VerifyRegistration_Fault_IsRefusedWithItsStatus(UafFault fault, string code, int status)
    {
        var input = UafExamples.Make(new() { Attestation = SoftwareUafAttestation.IssuedOverAuthorities }, fault).Registration;
        var answer = Ask("verify-registration", input);
        Assert.Equal(("refused", code, status), (Text(answer, "outcome"), Text(answer, "code"), answer.GetProperty("status").GetInt32()));

        input["wireCodes"] = "conformance";
        Assert.Equal(1498, Ask("verify-registration", input).GetProperty("status").GetInt32());
    }

    [Theory]
    [InlineData("challengeState", "\"used\"", "uaf.challenge_used")]
    [InlineData("challengeState", "\"expired\"", "uaf.challenge_expired")]
    [InlineData("challengeState", "\"foreign\"", "uaf.challenge_foreign")]
    [InlineData("serverDataExpected", "\"other\"", "uaf.server_data_mismatch")]
    [InlineData("trustedFacets", """[{"version":{"major":1,"minor":2},"ids":["https://other.example"]}]""", "uaf.facet_untrusted")]
    [InlineData("trustedFacets", """[{"version":{"major":1,"minor":0},"ids":["android:apk-key-hash-sha256:bm90IGEgcmVhbCBjZXJ0aWZpY2F0ZSBoYXNoIGF0IGFsbA"]}]""", "uaf.facet_untrusted")]
    [InlineData("trustedFacets", "[]", "uaf.facet_untrusted")]
    [InlineData("trustedFacets", """[{"version":{"major":1,"minor":2},"ids":["android:*"]}]""", "uaf.facet_untrusted")]
    [InlineData("tls", "{}", null)]
    [InlineData("tls", """{"serverEndPoint":["AAAA"],"require":true}""", "uaf.channel_binding")]
    [InlineData("metadata", "[]", "uaf.aaid_unknown")]
    [InlineData("metadataStatus", """[{"aaid":"FFFF#5A01","status":"REVOKED","effectiveDate":"2026-01-01"}]""", "uaf.authenticator_revoked")]
    [InlineData("metadataStatus", """[{"aaid":"ffff#5a01","statusReports":[{"status":"USER_VERIFICATION_BYPASS"}]}]""", "uaf.authenticator_revoked")]
    [InlineData("metadataStatus", """[{"aaid":"FFFF#5A01","status":"REVOKED","effectiveDate":"2027-01-01"}]""", null)]
    [InlineData("metadataStatus", """[{"aaid":"FFFF#5A02","status":"REVOKED"}]""", null)]
    [InlineData("at", "\"2040-01-01T00:00:00Z\"", "uaf.attestation_untrusted")]
    [InlineData("explain", "true", null)]
    [InlineData("lenient", """["padding","keyIdLength","nonCanonicalDer","rsaSpki","utf8Transaction"]""", null)]
    public void VerifyRegistration_OneMember_Decides(string member, string value, string? code)
    {
        var input = UafExamples.Registration();
        input[member] = JsonNode.Parse(value);
        var answer = Ask("verify-registration", input);
        Assert.Equal(code, Text(answer, "code"));
        Assert.Equal(code is null, answer.GetProperty("valid").GetBoolean());
    }

    [Fact]
    public void VerifyRegistration_MessagesAsText_AreTheSame()
    {
        var input = UafExamples.Registration();
        input["request"] = input["request"]!.ToJsonString();
        input["response"] = input["response"]!.ToJsonString();
        input.Remove("at");
        input.Remove("user");
        var answer = Ask("verify-registration", input);
        Assert.Equal("accepted", Text(answer, "outcome"));
        Assert.Equal("patient", Text(answer.GetProperty("assertions")[0].GetProperty("registration"), "user"));
    }

    [Fact]
    public void VerifyRegistration_ExistingKey_IsRefused()
    {
        var input = UafExamples.Registration();
        input["existingRegistrations"] = new JsonArray(UafExamples.Registered(input));
        Assert.Equal("uaf.already_registered", Text(Ask("verify-registration", input), "code"));
    }

    [Fact]
    public void VerifyRegistration_UnreadableStatement_LeavesItOpen()
    {
        var input = UafExamples.Registration();
        input["metadata"]![0]!.AsObject().Remove("publicKeyAlgAndEncoding");
        var answer = Ask("verify-registration", input);
        Assert.Equal(("undetermined", "uaf.metadata_malformed", 1480), (Text(answer, "outcome"), Text(answer, "code"), answer.GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData(UafFault.ShortKeyId, "keyIdLength")]
    [InlineData(UafFault.LongKeyId, "keyIdLength")]
    [InlineData(UafFault.PaddedFinalChallengeParams, "padding")]
    [InlineData(UafFault.RsaKeyAsSubjectPublicKeyInfo, "rsaSpki")]
    public void VerifyRegistration_Leniency_IsTakenByNameAndReported(UafFault fault, string leniency)
    {
        var options = fault == UafFault.RsaKeyAsSubjectPublicKeyInfo
            ? new SoftwareUafModelOptions { Algorithm = FidoAlgorithm.RsaPssSha256Raw, KeyFormat = FidoKeyFormat.Rsa2048Der }
            : null;
        var input = UafExamples.Make(options, fault).Registration;
        Assert.Equal("refused", Text(Ask("verify-registration", input), "outcome"));
        input["lenient"] = new JsonArray(leniency);
        var answer = Ask("verify-registration", input);
        Assert.Equal("accepted", Text(answer, "outcome"));
        Assert.Equal(leniency, Assert.Single(answer.GetProperty("lenienciesUsed").EnumerateArray()).GetString());
    }

    [Fact]
    public void VerifyAuthentication_ConfirmedTransaction_IsGivenBack()
    {
        var input = UafExamples.Authentication();
        var answer = Ask("verify-authentication", input);
        Assert.Equal(("accepted", 1200, true, false), (Text(answer, "outcome"), answer.GetProperty("status").GetInt32(), answer.GetProperty("transactionConfirmed").GetBoolean(), answer.GetProperty("cloneSuspected").GetBoolean()));
        Assert.Equal((string)input["request"]![0]!["transaction"]![0]!["content"]!, Text(answer, "confirmedContent"));

        // First factor: nobody is named, and the key says who it is.
        input.Remove("user");
        Assert.Equal("account-1", Text(Ask("verify-authentication", input).GetProperty("assertions")[0], "user"));
        input["user"] = "account-2";
        Assert.Equal("uaf.key_of_other_user", Text(Ask("verify-authentication", input), "code"));
    }

    [Fact]
    public void VerifyAuthentication_Transactions_AreThoseSent()
    {
        var input = UafExamples.Authentication();
        input["transactionsSent"] = new JsonArray(input["request"]![0]!["transaction"]![0]!.DeepClone());
        Assert.Equal("accepted", Text(Ask("verify-authentication", input), "outcome"));
        input["transactionsSent"]![0]!["content"] = "b3RoZXI";
        Assert.Equal("uaf.transaction_mismatch", Text(Ask("verify-authentication", input), "code"));
        input["transactionsSent"] = new JsonArray();
        Assert.Equal("uaf.mode", Text(Ask("verify-authentication", input), "code"));
    }

    [Fact]
    public void VerifyAuthentication_StoredCounter_SuspectsACopy()
    {
        var input = UafExamples.Authentication();
        input["registrations"]![0]!["signCounter"] = 4_000_000_000;
        var answer = Ask("verify-authentication", input);
        Assert.Equal(("uaf.counter_not_advanced", true), (Text(answer, "code"), answer.GetProperty("cloneSuspected").GetBoolean()));
        input["registrations"] = new JsonArray();
        Assert.Equal(("uaf.key_unknown", 1481), (Text(Ask("verify-authentication", input), "code"), Ask("verify-authentication", input).GetProperty("status").GetInt32()));
    }

    [Theory]
    [InlineData("FFFF#5A01", "", 1)]
    [InlineData("", "", 1)]
    [InlineData("FFFF#5A02", "", 0)]
    public void VerifyDeregistrationRequest_EachForm_NamesWhatItRemoves(string aaid, string keyId, int removed)
    {
        var input = UafExamples.Deregistration();
        var entries = input["request"]!.AsArray();
        foreach (var entry in entries.Where(entry => (int)entry!["header"]!["upv"]!["minor"]! == 0).ToList())
        {
            entries.Remove(entry);
        }

        foreach (var entry in entries)
        {
            entry!["authenticators"] = new JsonArray(new JsonObject { ["aaid"] = aaid, ["keyID"] = keyId });
        }

        Assert.Equal(removed, Ask("verify-deregistration-request", input).GetProperty("removed").GetArrayLength());
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("FFFF#5A01", "")]
    public void VerifyDeregistrationRequest_SeveralKeysInVersion10_IsRefused(string aaid, string keyId)
    {
        var input = UafExamples.Deregistration();
        foreach (var entry in input["request"]!.AsArray())
        {
            entry!["authenticators"] = new JsonArray(new JsonObject { ["aaid"] = aaid, ["keyID"] = keyId });
        }

        Assert.Equal("uaf.request_malformed", Text(Ask("verify-deregistration-request", input), "code"));
    }

    [Fact]
    public void Inspect_Assertion_SaysWhatStandsInIt()
    {
        var input = UafExamples.Inspect();
        var answer = Ask("inspect", input);
        Assert.Equal(("authentication", "FFFF#5A01", null), (Text(answer, "kind"), Text(answer, "aaid"), Text(answer, "problem")));
        Assert.True(answer.GetProperty("signatureVerified").GetBoolean() && answer.GetProperty("challengeHashVerified").GetBoolean());
        Assert.Equal(("0x3E02", "TAG_UAFV1_AUTH_ASSERTION"), (Text(answer.GetProperty("tlv")[0], "tag"), Text(answer.GetProperty("tlv")[0], "name")));

        input["fcParams"] = "e30";
        Assert.False(Ask("inspect", input).GetProperty("challengeHashVerified").GetBoolean());
        input.Remove("fcParams");
        input.Remove("registration");
        Assert.All(["signatureVerified", "challengeHashVerified"], name => Assert.Equal(JsonValueKind.Null, Ask("inspect", input).GetProperty(name).ValueKind));

        var registration = new JsonObject { ["assertion"] = (string)UafExamples.Registration()["response"]![0]!["assertions"]![0]!["assertion"]! };
        Assert.True(Ask("inspect", registration).GetProperty("signatureVerified").GetBoolean());
        registration["assertion"] = "AT4E";
        Assert.Equal("uaf.assertion_malformed", Text(Ask("inspect", registration), "code"));
    }

    /// <summary>The worked example of the specification, with the metadata that its policy asks for; the attestation certificate is pinned, as its issuer is not published.</summary>
    [Fact]
    public void SpecificationExample_RegistersAuthenticatesAndIsRemoved()
    {
        const string Published = "github.com/eBay/UAF (Apache-2.0, test sources)";
        JsonArray Message(string file) => JsonNode.Parse(File.ReadAllText(TestVectors.RequireVectors("uaf/messages/" + file, Published))) is JsonArray array
            ? array
            : new JsonArray(JsonNode.Parse(File.ReadAllText(TestVectors.RequireVectors("uaf/messages/" + file, Published))));
        var response = Message("spec-regresponse.json");
        var inspected = Ask("inspect", new JsonObject { ["assertion"] = (string)response[0]!["assertions"]![0]!["assertion"]! });
        var certificate = StrictBase64Url.TryDecode(inspected.GetProperty("certificates")[0].GetString()!, out var der) ? der : [];
        var metadata = new JsonObject
        {
            ["aaid"] = "ABCD#ABCD",
            ["description"] = "made up for the example",
            ["authenticatorVersion"] = 1,
            ["assertionScheme"] = "UAFV1TLV",
            ["authenticationAlgorithm"] = 1,
            ["publicKeyAlgAndEncoding"] = 256,
            ["attestationTypes"] = new JsonArray(0x3E07),
            ["attestationRootCertificates"] = new JsonArray(Convert.ToBase64String(certificate)),
            ["userVerificationDetails"] = new JsonArray(new JsonArray(new JsonObject { ["userVerification"] = 4 })),
            ["keyProtection"] = 1,
            ["matcherProtection"] = 1,
            ["attachmentHint"] = 1,
            ["tcDisplay"] = 1,
        };
        JsonObject Input(string request, JsonArray answer) => new()
        {
            ["request"] = Message(request),
            ["response"] = answer.DeepClone(),
            ["trustedFacets"] = new JsonArray(new JsonObject { ["version"] = new JsonObject { ["major"] = 1, ["minor"] = 0 }, ["ids"] = new JsonArray("com.noknok.android.sampleapp") }),
            ["metadata"] = new JsonArray(metadata.DeepClone()),
        };
        var registered = Ask("verify-registration", Input("spec-regrequest.json", response));
        Assert.Equal("accepted", Text(registered, "outcome"));
        var registration = JsonNode.Parse(registered.GetProperty("assertions")[0].GetProperty("registration").GetRawText())!;

        var authentication = Input("spec-authrequest.json", Message("spec-authresponse.json"));
        authentication["registrations"] = new JsonArray(registration.DeepClone());
        var authenticated = Ask("verify-authentication", authentication);
        Assert.Equal(("accepted", 2), (Text(authenticated, "outcome"), authenticated.GetProperty("assertions")[0].GetProperty("signCounter").GetInt32()));

        var removal = new JsonObject { ["request"] = Message("spec-deregrequest.json"), ["registrations"] = new JsonArray(registration.DeepClone()) };
        Assert.Equal(1, Ask("verify-deregistration-request", removal).GetProperty("removed").GetArrayLength());
    }

    private static JsonElement Ask(string verb, JsonObject input) => Medid.One("uaf", verb, input.ToJsonString());

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();
}
