using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cli.Frame;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>Every verb: its example is accepted, a change is not, a typing error is not overlooked.</summary>
public sealed class VerbTests
{
    public static TheoryData<string> All => [.. Verbs.All.Where(v => !v.NeedsServer).Select(v => $"{v.Area} {v.Name}")];

    /// <summary>Written anew with MEDID_UPDATE=1; the committed examples hold their own time and stay valid.</summary>
    [Fact]
    public async Task Examples_OfTheTestAuthority_AreWrittenAnewWhenAskedFor()
    {
        var made = await new ExampleInputs().MakeAsync();
        foreach (var verb in Verbs.All.Where(v => !v.NeedsServer))
        {
            var text = made[$"{verb.Area} {verb.Name}"].ToJsonString(new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            if (Environment.GetEnvironmentVariable("MEDID_UPDATE") == "1")
            {
                await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "samples", "MedIdCli", "Examples", $"{verb.Area}-{verb.Name}.json"), text.ReplaceLineEndings("\n") + "\n");
            }

            Assert.True(Medid.One(verb.Area, verb.Name, text).GetProperty("valid").GetBoolean(), $"{verb.Area} {verb.Name}: " + Medid.One(verb.Area, verb.Name, text));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Example_AsItIsPrinted_IsAccepted(string call)
    {
        var (exit, example, errors) = Medid.Run("", [.. call.Split(' '), "--example"]);
        Assert.Equal((0, ""), (exit, errors));
        var answer = Medid.One(call.Split(' ')[0], call.Split(' ')[1], example);

        Assert.Equal("accepted", answer.GetProperty("outcome").GetString());
        Assert.True(answer.GetProperty("valid").GetBoolean());
        Assert.Equal("example", answer.GetProperty("id").GetString());
        Assert.False(answer.GetProperty("weak").GetBoolean());
        Assert.All(["code", "section", "detail"], name => Assert.Equal(JsonValueKind.Null, answer.GetProperty(name).ValueKind));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Example_WithAnUnknownMember_IsUnusable(string call)
    {
        // What a browser sent is another's: which members it may have is for the verifier to say.
        foreach (var path in Objects(Example(call), "").Where(path => path.Split('.')[0] != "response"))
        {
            var changed = Example(call);
            At(changed, path)["typo"] = true;
            var answer = Medid.One(call.Split(' ')[0], call.Split(' ')[1], changed.ToJsonString());

            Assert.Equal(("unusable", CliCodes.UnknownMember), (answer.GetProperty("outcome").GetString(), answer.GetProperty("code").GetString()));
            Assert.Equal((path.Length == 0 ? "" : path + ".") + "typo", answer.GetProperty("detail").GetString());
            Assert.False(answer.GetProperty("valid").GetBoolean());
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Example_WithAnyMemberOfAnotherType_IsUnusable(string call)
    {
        foreach (var name in Example(call).Select(m => m.Key).Where(n => n != "id"))
        {
            var changed = Example(call);
            changed[name] = new JsonArray(new JsonArray());
            var answer = Medid.One(call.Split(' ')[0], call.Split(' ')[1], changed.ToJsonString());

            Assert.Equal("unusable", answer.GetProperty("outcome").GetString());
            Assert.StartsWith("cli.member_", answer.GetProperty("code").GetString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Example_WithoutAMember_IsUnusableOrJudged(string call)
    {
        foreach (var name in Example(call).Select(m => m.Key))
        {
            var changed = Example(call);
            changed.Remove(name);
            var answer = Medid.One(call.Split(' ')[0], call.Split(' ')[1], changed.ToJsonString());
            if (answer.GetProperty("outcome").GetString() == "unusable")
            {
                Assert.Equal(CliCodes.MissingMember, answer.GetProperty("code").GetString());
            }
        }
    }

    /// <summary>One fault for each verb, with the code of the package.</summary>
    [Theory]
    [InlineData("fido2 verify-registration", "rpId", "elsewhere.example", "refused", "fido2.rp_id_hash_mismatch")]
    [InlineData("fido2 verify-registration", "at", "2031-04-01T00:00:00Z", "refused", "fido2.attestation_untrusted")]
    [InlineData("fido2 verify-registration", "userVerification", "sometimes", "unusable", "cli.member_value")]
    [InlineData("fido2 verify-authentication", "challenge", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "refused", "fido2.challenge_mismatch")]
    [InlineData("u2f verify-registration", "appId", "https://elsewhere.example", "refused", "u2f.attestation_signature_invalid")]
    [InlineData("u2f verify-authentication", "keyHandle", "AAAA", "refused", "u2f.key_handle_mismatch")]
    [InlineData("pki validate", "at", "2031-04-01T00:00:00Z", "refused", "pki.expired")]
    [InlineData("pki validate", "crls", null, "undetermined", "pki.revocation_unknown")]
    [InlineData("pki validate", "certificate", "AAAA", "refused", "pki.certificate_malformed")]
    [InlineData("crl check", "at", "2027-04-01T00:00:00Z", "undetermined", "crl.stale")]
    [InlineData("ocsp check", "response", "AAAA", "undetermined", "ocsp.malformed")]
    [InlineData("ocsp check", "at", "2027-04-01T00:00:00Z", "undetermined", "ocsp.stale")]
    [InlineData("ocsp request", "certificate", "AAAA", "refused", "pki.certificate_malformed")]
    [InlineData("jpki inspect", "certificate", "AAAA", "refused", "pki.certificate_malformed")]
    [InlineData("jpki verify", "use", "authenticate", "unusable", "cli.member_value")]
    [InlineData("jpki verify", "standing", "service-provider", "refused", "jpki.standing_requires_platform")]
    [InlineData("jpki verify-signin", "audience", "https://other.example", "refused", "challenge.signature")]
    [InlineData("hpki inspect", "certificate", "AAAA", "refused", "pki.certificate_malformed")]
    [InlineData("hpki verify", "use", "authenticate", "unusable", "cli.member_value")]
    [InlineData("hpki verify", "documentType", "dispensing", "refused", "hpki.document_role")]
    [InlineData("cms verify", "document", "AAAA", "refused", "cms.digest_mismatch")]
    [InlineData("xml verify", "at", "2031-04-01T00:00:00Z", "refused", "pki.expired")]
    public void Example_WithOneFault_IsAnsweredWithItsCode(string call, string member, string? value, string outcome, string code)
    {
        var changed = Example(call);
        if (value is null)
        {
            changed.Remove(member);
        }
        else
        {
            changed[member] = value;
        }

        var answer = Medid.One(call.Split(' ')[0], call.Split(' ')[1], changed.ToJsonString());

        Assert.Equal((outcome, code), (answer.GetProperty("outcome").GetString(), answer.GetProperty("code").GetString()));
        Assert.Equal(outcome != "unusable", answer.GetProperty("section").ValueKind == JsonValueKind.String);
    }

    internal static JsonObject Example(string call) => JsonNode.Parse(Verbs.Find(call.Split(' ')[0], call.Split(' ')[1])!.Example)!.AsObject();

    private static IEnumerable<string> Objects(JsonObject json, string path)
    {
        yield return path;
        foreach (var (name, value) in json)
        {
            if (value is JsonObject inner)
            {
                foreach (var deeper in Objects(inner, path.Length == 0 ? name : $"{path}.{name}"))
                {
                    yield return deeper;
                }
            }
        }
    }

    private static JsonObject At(JsonObject json, string path) => path.Length == 0 ? json : path.Split('.').Aggregate(json, (at, name) => at[name]!.AsObject());
}
