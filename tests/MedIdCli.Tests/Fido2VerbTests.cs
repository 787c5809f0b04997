using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>What absent and present members of the verbs of FIDO2 mean, and the official vectors in one run.</summary>
public sealed class Fido2VerbTests
{
    private const string Origin = "https://op.example";

    private readonly VirtualFido2Authenticator _authenticator = new();

    [Fact]
    public void OfficialVectors_AllRegistrationsAndAuthenticationsInOneBatch_AreAccepted()
    {
        var path = TestVectors.RequireVectors("webauthn/official-w3c-webauthn-l3.json", "w3c.github.io/webauthn (section Test Vectors)");
        var file = JsonNode.Parse(File.ReadAllText(path))!;
        var vectors = file["vectors"]!.AsArray();
        var root = StrictBase64Url.Encode(Convert.FromHexString((string)file["attestationRootCertificate"]!));
        Assert.Equal(15, vectors.Count);
        var (registrations, authentications) = (new List<string>(), new List<string>());
        foreach (var vector in vectors)
        {
            var registration = Vector(vector!, "registration");
            registration["trustAnchors"] = new JsonArray(root);
            registrations.Add(registration.ToJsonString());
        }

        var made = Medid.Lines(Medid.Run(string.Join('\n', registrations), "fido2", "verify-registration", "--batch").Output);
        Assert.Equal([], made.Where(a => !a.GetProperty("valid").GetBoolean()).Select(a => a.GetRawText()));
        Assert.All(made, a => Assert.Equal(a.GetProperty("attestationType").GetString() is not ("none" or "self"), a.GetProperty("trusted").GetBoolean()));
        foreach (var (vector, registration) in vectors.Zip(made))
        {
            var authentication = Vector(vector!, "authentication");
            var credential = registration.GetProperty("credential");
            authentication["credential"] = new JsonObject
            {
                ["id"] = credential.GetProperty("id").GetString(),
                ["publicKey"] = credential.GetProperty("publicKey").GetString(),
                ["signCount"] = credential.GetProperty("signCount").GetInt64(),
                ["backupEligible"] = credential.GetProperty("backupEligible").GetBoolean(),
            };
            authentications.Add(authentication.ToJsonString());
        }

        var (exit, output, errors) = Medid.Run(string.Join('\n', authentications), "fido2", "verify-authentication", "--batch");
        var signed = Medid.Lines(output);

        Assert.Equal([], signed.Where(a => !a.GetProperty("valid").GetBoolean()).Select(a => a.GetRawText()));
        Assert.Equal((0, "", 15), (exit, errors, signed.Count));
    }

    [Fact]
    public void Registration_TrustAnchors_AbsentIsNotJudgedAndEmptyTrustsNothing()
    {
        var input = Registration();
        Assert.Equal(JsonValueKind.Null, Ask(input).GetProperty("trusted").ValueKind);

        input["trustAnchors"] = new JsonArray();
        var untrusted = Ask(input);
        Assert.Equal(("accepted", false, "fido2.attestation_untrusted"), (Value(untrusted, "outcome"), untrusted.GetProperty("trusted").GetBoolean(), Value(untrusted, "untrustedBecause")));

        input["requireTrustedAttestation"] = true;
        Assert.Equal(("refused", "fido2.attestation_untrusted"), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));

        input["trustAnchors"] = new JsonArray(StrictBase64Url.Encode(_authenticator.AttestationRoot.Der));
        Assert.True(Ask(input).GetProperty("trusted").GetBoolean());
    }

    [Fact]
    public void Registration_BrokenStatement_IsRefusedAlsoWhereTrustIsNotJudged() =>
        Assert.Equal(("refused", "fido2.attestation_signature_invalid"), (Value(Ask(Registration(Fido2Fault.AttestationTamperedSignature)), "outcome"), Value(Ask(Registration(Fido2Fault.AttestationTamperedSignature)), "code")));

    [Fact]
    public void Registration_RequiredTrust_TakesNoNone()
    {
        var input = Registration(attestation: "none");
        Assert.Equal("none", Value(Ask(input), "format"));
        input["requireTrustedAttestation"] = true;

        Assert.Equal("fido2.attestation_none_not_accepted", Value(Ask(input), "code"));
    }

    [Fact]
    public void Registration_Members_SayWhatWasMade()
    {
        var input = Registration();
        input["id"] = 7;
        input["explain"] = true;
        var answer = Ask(input);

        Assert.Equal((7, "packed", "basic"), (answer.GetProperty("id").GetInt32(), Value(answer, "format"), Value(answer, "attestationType")));
        Assert.Equal(_authenticator.Options.Aaguid.ToString(), Value(answer, "aaguid"));
        var (credential, held) = (answer.GetProperty("credential"), _authenticator.Credentials[^1]);
        Assert.Equal((held.Id, StrictBase64Url.Encode(held.PublicKey.Span), -7, 0), (Value(credential, "id"), Value(credential, "publicKey"), credential.GetProperty("algorithm").GetInt32(), credential.GetProperty("signCount").GetInt32()));
        Assert.Equal((true, false, false), (credential.GetProperty("userVerified").GetBoolean(), credential.GetProperty("backupEligible").GetBoolean(), credential.GetProperty("backupState").GetBoolean()));
        Assert.Equal("internal", credential.GetProperty("transports")[0].GetString());
        Assert.True(answer.GetProperty("extensions").GetProperty("client").GetProperty("credProps").GetProperty("rk").GetBoolean());
        var steps = answer.GetProperty("steps").EnumerateArray().ToList();
        Assert.Equal(29, steps.Count);
        Assert.Equal(("WebAuthn L3 §7.1 step 8", "passed"), (Value(steps[7], "section"), Value(steps[7], "result")));
    }

    [Theory]
    [InlineData("origins", "[\"https://other.example\"]", "fido2.origin_unexpected")]
    [InlineData("algorithms", "[-257]", "fido2.algorithm_not_allowed")]
    public void Registration_Policy_IsHeldTo(string member, string json, string code)
    {
        var input = Registration();
        input[member] = JsonNode.Parse(json);

        Assert.Equal(("refused", code), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));
    }

    [Fact]
    public void Registration_KnownCredentialId_IsRefused()
    {
        var input = Registration();
        input["knownCredentialIds"] = new JsonArray(_authenticator.Credentials[^1].Id);

        Assert.Equal("fido2.credential_already_registered", Value(Ask(input), "code"));
    }

    [Fact]
    public void Registration_Frames_AreTakenWhereTheyAreExpected()
    {
        var input = Registration(client: new(Origin) { CrossOrigin = true, TopOrigin = "https://portal.example" });
        Assert.Equal("fido2.cross_origin_unexpected", Value(Ask(input), "code"));
        input["allowCrossOrigin"] = true;
        Assert.Equal("fido2.top_origin_unexpected", Value(Ask(input), "code"));
        input["topOrigins"] = new JsonArray("https://portal.example");

        Assert.Equal("accepted", Value(Ask(input), "outcome"));
    }

    [Fact]
    public void Registration_ConditionalCreate_NeedsNoPresence()
    {
        var input = Registration(client: new(Origin) { Conditional = true });
        Assert.Equal("fido2.user_not_present", Value(Ask(input), "code"));
        input["conditionalCreate"] = true;

        Assert.Equal("accepted", Value(Ask(input), "outcome"));
    }

    [Fact]
    public void Registration_Rs1Attestation_IsAcceptedByTheLoudPolicyOnlyAndSaysWeak()
    {
        var authenticator = new VirtualFido2Authenticator(new() { Format = VirtualFido2Format.Tpm, TpmUsesSha1 = true });
        var input = Registration(authenticator: authenticator);
        Assert.Equal("fido2.attestation_algorithm_not_allowed", Value(Ask(input), "code"));
        input["algorithmPolicy"] = new JsonObject { ["allow"] = new JsonArray("rs1-attestation") };
        var answer = Ask(input);

        Assert.Equal(("accepted", true, "tpm"), (Value(answer, "outcome"), answer.GetProperty("weak").GetBoolean(), Value(answer, "format")));
    }

    [Fact]
    public void Registration_CompoundMinimum_LetsABrokenPartPass()
    {
        var authenticator = new VirtualFido2Authenticator(new() { Format = VirtualFido2Format.Compound });
        var input = Registration(Fido2Fault.CompoundPartBroken, authenticator: authenticator);
        Assert.Equal("fido2.attestation_compound_too_few", Value(Ask(input), "code"));
        input["compoundMinimum"] = 1;

        Assert.Equal("accepted", Value(Ask(input), "outcome"));
    }

    [Fact]
    public void Registration_MetadataMembers_AreAllOrNone()
    {
        var input = Registration();
        input["metadataBlob"] = "a.b.c";
        Assert.Equal(("unusable", "metadataRoots"), (Value(Ask(input), "outcome"), Value(Ask(input), "detail")));
        input["metadataRoots"] = new JsonArray(StrictBase64Url.Encode(_authenticator.AttestationRoot.Der));
        Assert.Equal(("refused", "metadata.blob_malformed"), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));
        input.Remove("metadataBlob");
        Assert.Equal(("unusable", "metadataBlob"), (Value(Ask(input), "outcome"), Value(Ask(input), "detail")));
    }

    [Theory]
    [InlineData("FIDO_CERTIFIED_L1", true, null)]
    [InlineData("REVOKED", false, "fido2.attestation_model_status")]
    public void Registration_MetadataBlob_SaysWhetherTheModelIsTrusted(string status, bool trusted, string? because)
    {
        var service = new TestMetadataService(new() { Now = TimeProvider.System.GetUtcNow() });
        var entry = TestMetadataService.Entry(TestMetadataService.Fido2Statement(_authenticator.Options.Aaguid, _authenticator.AttestationRoot.Der), (status, new DateOnly(2026, 1, 1)));
        var input = Registration();
        input["metadataBlob"] = service.Sign(TestMetadataService.Payload(7, new DateOnly(2040, 1, 1), entry));
        input["metadataRoots"] = new JsonArray(StrictBase64Url.Encode(service.NewRoot.Certificate.Der));
        var answer = Ask(input);

        Assert.Equal(("accepted", trusted), (Value(answer, "outcome"), answer.GetProperty("trusted").GetBoolean()));
        Assert.Equal(because, answer.TryGetProperty("untrustedBecause", out var code) ? code.GetString() : null);
        input["metadataSignerName"] = "elsewhere.example";
        Assert.Equal(("refused", "metadata.signer_name"), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));
        input.Remove("metadataSignerName");
        input["metadataRoots"] = new JsonArray(StrictBase64Url.Encode(_authenticator.AttestationRoot.Der));
        Assert.Equal(("refused", "metadata.signer_untrusted"), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));
    }

    [Fact]
    public void Authentication_AbsentMembers_MeanWhatTheirHelpSays()
    {
        var input = Authentication();
        Assert.Equal((1, false, true), (Sign(input).GetProperty("signCount").GetInt32(), Sign(input).GetProperty("cloneSuspected").GetBoolean(), Sign(input).GetProperty("userVerified").GetBoolean()));

        // backupEligible absent is not compared; present it is.
        input["credential"]!["backupEligible"] = true;
        Assert.Equal("fido2.backup_eligibility_changed", Value(Sign(input), "code"));
        input["credential"]!.AsObject().Remove("backupEligible");

        // A counter that stands still is reported, or refused where policy says so; the largest one is a number too.
        input["credential"]!["signCount"] = uint.MaxValue;
        Assert.True(Sign(input).GetProperty("cloneSuspected").GetBoolean());
        input["counterPolicy"] = "refuse";
        Assert.Equal("fido2.counter_not_advanced", Value(Sign(input), "code"));
        input["credential"]!["signCount"] = 4294967296;
        Assert.Equal("cli.member_value", Value(Sign(input), "code"));
        input["credential"]!["signCount"] = 0;

        // An empty list restricts nothing, another one does.
        input["allowCredentials"] = new JsonArray();
        Assert.Equal("accepted", Value(Sign(input), "outcome"));
        input["allowCredentials"] = new JsonArray("AAAA");
        Assert.Equal("fido2.credential_not_allowed", Value(Sign(input), "code"));
    }

    [Fact]
    public void Authentication_UserNotIdentified_HasToBeNamedByTheResponse()
    {
        var input = Authentication(Fido2Fault.NoUserHandle);
        Assert.Equal("accepted", Value(Sign(input), "outcome"));
        input["userIdentified"] = false;
        Assert.Equal("fido2.user_handle_missing", Value(Sign(input), "code"));
        input = Authentication();
        input["userIdentified"] = false;
        Assert.Equal("accepted", Value(Sign(input), "outcome"));
        input["credential"]!["userHandle"] = "AAAA";
        Assert.Equal("fido2.user_handle_mismatch", Value(Sign(input), "code"));
    }

    [Theory]
    [InlineData("AAAA", "key.malformed")]
    [InlineData("oA", "key.malformed")]
    public void Authentication_KeyThatIsNone_IsRefused(string publicKey, string code)
    {
        var input = Authentication();
        input["credential"]!["publicKey"] = publicKey;

        Assert.Equal(("refused", code), (Value(Sign(input), "outcome"), Value(Sign(input), "code")));
    }

    [Fact]
    public void Authentication_Explain_Says25Steps()
    {
        var input = Authentication(Fido2Fault.TamperedSignature);
        input["explain"] = true;
        var answer = Sign(input);

        Assert.Equal("fido2.signature_invalid", Value(answer, "code"));
        Assert.Equal(25, answer.GetProperty("steps").GetArrayLength());
        Assert.Equal("failed", Value(answer.GetProperty("steps")[20], "result"));
    }

    [Fact]
    public void Response_ThatIsNoObject_IsUnusable()
    {
        var input = Registration();
        input["response"] = "{}";

        Assert.Equal(("unusable", "cli.member_type"), (Value(Ask(input), "outcome"), Value(Ask(input), "code")));
    }

    [Fact]
    public void U2f_TransportsAndTrust_AreSaid()
    {
        var input = VerbTests.Example("u2f verify-registration");
        var answer = Medid.One("u2f", "verify-registration", input.ToJsonString());
        Assert.Equal(["usb", "nfc"], answer.GetProperty("transports").EnumerateArray().Select(t => t.GetString()));
        Assert.True(answer.GetProperty("trusted").GetBoolean());
        input.Remove("trustAnchors");
        Assert.Equal("fido2.attestation_not_judged", Value(Medid.One("u2f", "verify-registration", input.ToJsonString()), "code"));
        input.Remove("requireTrustedAttestation");
        Assert.Equal(JsonValueKind.Null, Medid.One("u2f", "verify-registration", input.ToJsonString()).GetProperty("trusted").ValueKind);
        input["metadata"] = new JsonArray(new JsonObject { ["description"] = 1 });
        Assert.StartsWith("metadata.", Value(Medid.One("u2f", "verify-registration", input.ToJsonString()), "code"), StringComparison.Ordinal);
    }

    [Fact]
    public void U2f_PresenceAndCounter_AreHeldToAsTheInputSays()
    {
        var token = new VirtualU2fToken();
        var challenge = StrictBase64Url.Encode(new byte[32]);
        var made = token.Register(Origin, challenge, Origin);
        var signed = token.Sign(Origin, challenge, Origin, made.KeyHandle, U2fFault.NoUserPresence);
        var input = VerbTests.Example("u2f verify-authentication");
        (input["appId"], input["challenge"], input["keyHandle"], input["facets"]) = (Origin, challenge, StrictBase64Url.Encode(made.KeyHandle.Span), new JsonArray(Origin));
        (input["clientData"], input["signatureData"]) = (StrictBase64Url.Encode(signed.ClientData.Span), StrictBase64Url.Encode(signed.SignatureData.Span));
        input["credential"] = new JsonObject { ["keyHandle"] = StrictBase64Url.Encode(made.KeyHandle.Span), ["publicKey"] = StrictBase64Url.Encode(made.RegistrationData.Span[1..66]), ["counter"] = 1 };
        input.Remove("requireUserPresence");
        Assert.Equal("u2f.user_not_present", Value(U2f(input), "code"));
        input["requireUserPresence"] = false;
        Assert.Equal("u2f.counter_not_advanced", Value(U2f(input), "code"));
        input.Remove("counterPolicy");

        Assert.Equal((1, false, true), (U2f(input).GetProperty("counter").GetInt32(), U2f(input).GetProperty("userPresent").GetBoolean(), U2f(input).GetProperty("cloneSuspected").GetBoolean()));
    }

    private static JsonElement U2f(JsonObject input) => Medid.One("u2f", "verify-authentication", input.ToJsonString());

    private static JsonObject Vector(JsonNode vector, string ceremony) => new()
    {
        ["id"] = (string?)vector["name"],
        ["at"] = "2026-08-01T00:00:00Z",
        ["rpId"] = (string?)vector["rpId"],
        ["origins"] = new JsonArray((string?)vector["expectedOrigin"]),
        ["allowCrossOrigin"] = true,
        ["topOrigins"] = new JsonArray("https://example.com"),
        ["challenge"] = StrictBase64Url.Encode(Convert.FromHexString((string)vector[ceremony]!["challenge"]!)),
        ["userVerification"] = "discouraged",
        ["response"] = vector[ceremony]!["responseJson"]!.DeepClone(),
    };

    private static string? Value(JsonElement answer, string name) => answer.GetProperty(name).GetString();

    private static JsonElement Ask(JsonObject input) => Medid.One("fido2", "verify-registration", input.ToJsonString());

    private static JsonElement Sign(JsonObject input) => Medid.One("fido2", "verify-authentication", input.ToJsonString());

    private static JsonObject Options(string challenge, string attestation) => new()
    {
        ["challenge"] = challenge,
        ["rp"] = new JsonObject { ["id"] = "op.example", ["name"] = "LAB" },
        ["rpId"] = "op.example",
        ["user"] = new JsonObject { ["id"] = "dXNlcg", ["name"] = "lab", ["displayName"] = "LAB" },
        ["pubKeyCredParams"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["alg"] = -7 }),
        ["authenticatorSelection"] = new JsonObject { ["residentKey"] = "required" },
        ["attestation"] = attestation,
        ["extensions"] = new JsonObject { ["credProps"] = true },
    };

    /// <summary>No time is given: it is now.</summary>
    private JsonObject Registration(Fido2Fault fault = Fido2Fault.None, string attestation = "direct", VirtualFido2Client? client = null, VirtualFido2Authenticator? authenticator = null)
    {
        var challenge = StrictBase64Url.Encode(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var response = (authenticator ?? _authenticator).Create(Options(challenge, attestation).ToJsonString(), client ?? new(Origin), fault);
        return new()
        {
            ["rpId"] = "op.example",
            ["origins"] = new JsonArray(Origin),
            ["challenge"] = challenge,
            ["userVerification"] = "preferred",
            ["response"] = JsonNode.Parse(response),
        };
    }

    private JsonObject Authentication(Fido2Fault fault = Fido2Fault.None)
    {
        _authenticator.Create(Options("AAAA", "none").ToJsonString(), new(Origin));
        var (challenge, credential) = (StrictBase64Url.Encode(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32)), _authenticator.Credentials[^1]);
        var response = _authenticator.Get(Options(challenge, "none").ToJsonString(), new(Origin), fault);
        return new()
        {
            ["rpId"] = "op.example",
            ["origins"] = new JsonArray(Origin),
            ["challenge"] = challenge,
            ["userVerification"] = "required",
            ["credential"] = new JsonObject { ["id"] = credential.Id, ["publicKey"] = StrictBase64Url.Encode(credential.PublicKey.Span), ["signCount"] = 0, ["userHandle"] = credential.UserHandle },
            ["response"] = JsonNode.Parse(response),
        };
    }
}
