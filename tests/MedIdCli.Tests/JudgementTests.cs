using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Cli.Tests;

/// <summary>What the answers say beside accepted and refused.</summary>
public sealed class JudgementTests
{
    private readonly TestAuthority _root = TestAuthority.CreateRoot(TestName.Of(("CN", "LAB root of a judgement")));

    [Fact]
    public void CrlCheck_RevokedCertificate_IsAcceptedAndSaysRevoked()
    {
        var leaf = _root.Issue(TestName.Common("LAB revoked"));
        _root.Revoke(leaf, reason: 1);
        var answer = Ask("crl check", ("crls", List(_root.CreateCrl())), ("issuers", List(_root.Certificate.Der)), ("certificate", Text(leaf.Der)));

        Assert.Equal(("accepted", "revoked", "keyCompromise"), (Value(answer, "outcome"), Value(answer, "status"), Value(answer, "reason")));
        Assert.Equal(
            ["keyCompromise", "cACompromise", "affiliationChanged", "superseded", "cessationOfOperation", "certificateHold", "privilegeWithdrawn", "aACompromise"],
            answer.GetProperty("reasonsCovered").EnumerateArray().Select(r => r.GetString()));
    }

    [Fact]
    public void CrlCheck_CrlThatCannotBeRead_SaysWhyNothingIsKnown()
    {
        var leaf = _root.Issue(TestName.Common("LAB unread"));
        var answer = Ask("crl check", ("crls", List(_root.CreateCrl(CrlFault.NoNextUpdate))), ("issuers", List(_root.Certificate.Der)), ("certificate", Text(leaf.Der)));

        Assert.Equal(("undetermined", "crl.malformed", "unknown"), (Value(answer, "outcome"), Value(answer, "code"), Value(answer, "status")));
    }

    [Fact]
    public void OcspCheck_RevokedAndUnknown_AreAcceptedAnswers()
    {
        var leaf = _root.Issue(TestName.Common("LAB asked about"));
        var good = Ocsp(leaf, new TestOcspResponder(_root).RespondFor(leaf));
        _root.Revoke(leaf, reason: 4);
        var revoked = Ocsp(leaf, new TestOcspResponder(_root).RespondFor(leaf));

        Assert.Equal(("accepted", "good"), (Value(good, "outcome"), Value(good, "status")));
        Assert.False(good.GetProperty("responder").GetProperty("delegated").GetBoolean());
        Assert.Equal(("accepted", "revoked", "superseded"), (Value(revoked, "outcome"), Value(revoked, "status"), Value(revoked, "reason")));
    }

    [Fact]
    public void PkiValidate_RevokedLeaf_IsRefusedAtTheLeafEvenWhenNothingIsRequired()
    {
        var leaf = _root.Issue(TestName.Common("LAB revoked"));
        _root.Revoke(leaf, reason: 1);
        var answer = Ask(
            "pki validate", ("certificate", Text(leaf.Der)), ("trustAnchors", List(_root.Certificate.Der)), ("crls", List(_root.CreateCrl())), ("revocation", Require("none")));

        Assert.Equal(("refused", "pki.revoked", false), (Value(answer, "outcome"), Value(answer, "code"), answer.GetProperty("valid").GetBoolean()));
        Assert.Equal(0, answer.GetProperty("refusedAt").GetProperty("certificate").GetInt32());
        var finding = answer.GetProperty("revocation")[0];
        Assert.Equal(("revoked", "keyCompromise", leaf.Sha256), (Value(finding, "status"), Value(finding, "reason"), Value(finding, "certificate")));
        Assert.Equal("crl", Value(finding.GetProperty("source"), "kind"));
    }

    [Fact]
    public void PkiValidate_AnchorByNameAndKey_IsTheLastOfThePath()
    {
        var leaf = _root.Issue(TestName.Common("LAB leaf"));
        foreach (var name in new[] { "CN=LAB root of a judgement", Text(_root.Name.Der) })
        {
            var anchor = new JsonObject { ["name"] = name, ["publicKey"] = Text(_root.Key.SubjectPublicKeyInfo) };
            var answer = Ask("pki validate", ("certificate", Text(leaf.Der)), ("trustAnchors", new JsonArray(anchor)), ("revocation", Require("none")), ("explain", true));

            Assert.Equal("accepted", Value(answer, "outcome"));
            Assert.Equal([leaf.Sha256, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(_root.Key.SubjectPublicKeyInfo))], answer.GetProperty("path").EnumerateArray().Select(p => p.GetString()!));
            Assert.Contains(answer.GetProperty("steps").EnumerateArray(), s => Value(s, "result") == "passed");
            Assert.DoesNotContain(answer.GetProperty("steps").EnumerateArray(), s => Value(s, "result") == "failed");
        }
    }

    [Fact]
    public void PkiValidate_EvidenceThatCannotBeRead_IsLeftOutAndListed()
    {
        var leaf = _root.Issue(TestName.Common("LAB leaf"));
        var answer = Ask(
            "pki validate", ("certificate", Text(leaf.Der)), ("intermediates", new JsonArray("AAAA")), ("trustAnchors", List(_root.Certificate.Der)), ("revocation", Require("none")));

        Assert.Equal("accepted", Value(answer, "outcome"));
        Assert.Equal("intermediates[0]", Value(answer.GetProperty("unread")[0], "member"));
    }

    [Theory]
    [InlineData("dns", "example.jp", true)]
    [InlineData("dns", "example.com", false)]
    [InlineData("ip", "192.0.2.0/24", true)]
    [InlineData("ip", "192.0.2.128/25", false)]
    public void PkiValidate_PermittedSubtree_IsAskedOfTheLeaf(string type, string value, bool permitted)
    {
        var leaf = _root.Issue(TestName.Common("LAB host"), b => b.With(TestExtensions.SubjectAlternativeName(
            TestGeneralName.Dns("ehr.example.jp"), TestGeneralName.Ip([192, 0, 2, 7]))));
        var answer = Ask(
            "pki validate", ("certificate", Text(leaf.Der)), ("trustAnchors", List(_root.Certificate.Der)), ("revocation", Require("none")),
            ("permittedSubtrees", new JsonArray(new JsonObject { ["type"] = type, ["value"] = value })));

        Assert.Equal(permitted ? "accepted" : "refused", Value(answer, "outcome"));
    }

    [Fact]
    public void AlgorithmPolicy_Sha1_IsRefusedUnlessAllowedAndThenWeak()
    {
        var world = JpkiWorld.Create("judgement");
        var certificate = world.IssueSigning(new() { Fault = JpkiFault.Sha1Signature });
        (string, JsonNode?)[] members =
        [
            ("certificate", Text(certificate.Der)), ("trustAnchors", List([.. world.Production.Roots.Select(r => r.Der)])), ("revocation", Require("none")),
        ];
        var refused = Ask("pki validate", members);
        var weak = Ask("pki validate", [.. Cloned(members), ("algorithmPolicy", new JsonObject { ["allow"] = new JsonArray("sha1") })]);

        Assert.Equal(("refused", "pki.algorithm_not_allowed", false), (Value(refused, "outcome"), Value(refused, "code"), refused.GetProperty("weak").GetBoolean()));
        Assert.Equal(("accepted", true), (Value(weak, "outcome"), weak.GetProperty("weak").GetBoolean()));
    }

    [Fact]
    public void JpkiVerify_Answer_NamesStandingAttributesAndWhatToDo()
    {
        var answer = Medid.One("jpki", "verify", VerbTests.Example("jpki verify").ToJsonString());

        Assert.Equal(("sign", "certified-verifier"), (Value(answer, "kind"), Value(answer, "standing")));
        Assert.Equal(JpkiPerson.Yamada.Name, Value(answer.GetProperty("basicFour"), "name"));
        Assert.Equal("day", Value(answer.GetProperty("basicFour"), "birthDatePrecision"));
        Assert.Equal(("good", "none"), (Value(answer.GetProperty("revocation"), "status"), Value(answer.GetProperty("revocation"), "action")));
        Assert.Equal("equal", Value(answer.GetProperty("formMatch"), "name"));
        Assert.Equal(JsonValueKind.Null, answer.GetProperty("formMatch").GetProperty("gender").ValueKind);
    }

    [Fact]
    public void JpkiVerify_WithoutStanding_IsSomebodysOwnTest()
    {
        var input = VerbTests.Example("jpki verify");
        input.Remove("standing");

        Assert.Equal("own-test", Value(Medid.One("jpki", "verify", input.ToJsonString()), "standing"));
    }

    [Theory]
    [InlineData(null, null, "accepted")]
    [InlineData("prescription", null, "accepted")]
    [InlineData("dispensing", "hpki.document_role", "refused")]
    [InlineData("unheard-of", "hpki.document_role", "refused")]
    public void HpkiVerify_DocumentType_IsDecidedByTheSignersRole(string? type, string? code, string outcome)
    {
        var input = VerbTests.Example("hpki verify");
        if (type is not null)
        {
            input["documentType"] = type;
        }

        var answer = Medid.One("hpki", "verify", input.ToJsonString());

        Assert.Equal((outcome, code), (Value(answer, "outcome"), Value(answer, "code")));
        Assert.Equal("sign", Value(answer, "use"));
        Assert.Equal("Medical Doctor", Value(answer.GetProperty("roles")[0], "code"));
    }

    [Theory]
    [InlineData("value")]
    [InlineData("data")]
    public void HpkiVerify_BareSignature_IsOfTheCertificatesKeyOverTheDataOnly(string changed)
    {
        var world = HpkiWorld.Create("judgement");
        var certificate = world.Issue();
        byte[] data = [1, 2, 3];
        var signature = new JsonObject { ["format"] = "pkcs1", ["hash"] = "sha256", ["data"] = Text(data), ["value"] = Text(certificate.Key.Sign(data)) };
        (string, JsonNode?)[] members =
        [
            ("certificate", Text(certificate.Der)), ("trustAnchors", List(world.Root.Certificate.Der)), ("intermediates", List([.. world.Intermediates.Select(i => i.Der)])),
            ("crls", List([.. world.CreateCrls()])), ("use", "sign"), ("revocation", Require("chain")), ("signature", signature),
        ];
        Assert.Equal("accepted", Value(Ask("hpki verify", Cloned(members)), "outcome"));
        signature[changed] = Text([9]);

        Assert.Equal(("refused", "cms.signature_invalid"), (Value(Ask("hpki verify", members), "outcome"), Value(Ask("hpki verify", Cloned(members)), "code")));
    }

    [Fact]
    public void XmlVerify_Covers_SaysWhatIsAskedFor()
    {
        var input = VerbTests.Example("xml verify");
        var whole = Medid.One("xml", "verify", input.ToJsonString());
        input["covers"] = new JsonArray("/Other[1]");
        var other = Medid.One("xml", "verify", input.ToJsonString());

        Assert.Contains(whole.GetProperty("covered").EnumerateArray(), c => c.GetProperty("wholeDocument").GetBoolean());
        Assert.Equal("B", Value(whole, "level"));
        Assert.Equal(("refused", "xml.not_covered"), (Value(other, "outcome"), Value(other, "code")));
    }

    private static JsonElement Ask(string call, params (string Name, JsonNode? Value)[] members)
    {
        var input = new JsonObject { ["at"] = "2026-04-01T00:00:00Z" };
        foreach (var (name, value) in members)
        {
            input[name] = value?.DeepClone();
        }

        return Medid.One(call.Split(' ')[0], call.Split(' ')[1], input.ToJsonString());
    }

    private static (string, JsonNode?)[] Cloned((string Name, JsonNode? Value)[] members) => [.. members.Select(m => (m.Name, m.Value?.DeepClone()))];

    private JsonElement Ocsp(TestCertificate leaf, byte[] response) => Ask("ocsp check", ("response", Text(response)), ("certificate", Text(leaf.Der)), ("issuer", Text(_root.Certificate.Der)));

    private static string? Value(JsonElement json, string name) => json.GetProperty(name).GetString();

    private static JsonObject Require(string what) => new() { ["require"] = what };

    private static JsonArray List(params byte[][] all) => [.. all.Select(b => JsonValue.Create(Text(b)))];

    private static string Text(byte[] bytes) => StrictBase64Url.Encode(bytes);
}
