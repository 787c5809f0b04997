using System.Text.Json.Nodes;
using MedId.Core;
using MedId.TestSupport;

namespace MedId.Provider.Tests;

public sealed class AuthorizationDetailsTests
{
    [Fact]
    public void Parse_AllMembers_AreThere()
    {
        var details = AuthorizationDetails.Parse("""[{"type":"medid_consent","trust_statement":"t.t.t","face_to_face":"f.f.f","break_glass":{"reason_code":"unconscious","reason":"意識不明 𠮷"}}]""").Value!;

        Assert.Equal(("t.t.t", "f.f.f", new BreakGlassReason("unconscious", "意識不明 𠮷")), (details.TrustStatement, details.FaceToFace, details.BreakGlass));
        Assert.DoesNotContain("意識", details.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("意識", details.BreakGlass!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""[{"type":"medid_consent"},{"type":"medid_consent"}]""")]
    [InlineData("""[{"type":"other"}]""")]
    [InlineData("""[{"type":"medid_consent","type":"medid_consent"}]""")]
    [InlineData("""[{"type":"medid_consent","unknown":1}]""")]
    [InlineData("""[{"type":"medid_consent","trust_statement":""}]""")]
    [InlineData("""[{"type":"medid_consent","face_to_face":1}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":"unconscious"}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":{"reason_code":"unconscious"}}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":{"reason_code":"unconscious","reason":"  "}}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":{"reason_code":"","reason":"r"}}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":{"reason_code":"unconscious","reason":"r","more":1}}]""")]
    [InlineData("""[{"type":"medid_consent","trust_statement":"\ud800"}]""")]
    [InlineData("""[{"type":"medid_consent","break_glass":{"reason_code":"unconscious","reason":"\udc00r"}}]""")]
    [InlineData("""[{"type":"medid_consent","\ud800aaaaaaaaaaaaaaaaaa":1}]""")]
    public void Parse_AnotherForm_IsRefused(string json) =>
        Assert.Equal(ProviderErrorCodes.AuthorizationDetailsRefused, AuthorizationDetails.Parse(json).Error?.Code);

    [Theory]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void Parse_ReasonAtItsLimit(int length, bool taken) => Assert.Equal(
        taken, AuthorizationDetails.Parse($$$"""[{"type":"medid_consent","break_glass":{"reason_code":"c","reason":"{{{new string('r', length)}}}"}}]""").Succeeded);

    [Fact]
    public void Granted_Details_NameConsentAndReasonCodeAndNeitherStatementsNorWords()
    {
        var granted = AuthorizationDetails.Granted(
            """[{"type":"medid_consent","trust_statement":"a.b.c","face_to_face":"d.e.f","break_glass":{"reason_code":"unconscious","reason":"架空の救急"}}]""", "consent-1");
        Assert.Equal("""[{"type":"medid_consent","consent_id":"consent-1","break_glass":{"reason_code":"unconscious"}}]""", granted);
        Assert.Equal("""[{"type":"medid_consent","consent_id":"consent-1"}]""", AuthorizationDetails.Granted("""[{"type":"medid_consent"}]""", "consent-1"));
        Assert.Null(AuthorizationDetails.Granted(null, "consent-1"));
    }

    [Fact]
    public void Granted_Mutants_AreNothingOrTheTypeTheConsentAndAReasonCode()
    {
        const string Good = """[{"type":"medid_consent","trust_statement":"a.b.c","face_to_face":"d.e.f","break_glass":{"reason_code":"unconscious","reason":"synthetic"}}]""";
        foreach (var mutant in new SeededMutator(4304).Mutate(Good, 3000))
        {
            if (AuthorizationDetails.Granted(mutant.Text, "consent-1") is not { } granted)
            {
                Assert.False(AuthorizationDetails.Parse(mutant.Text).Succeeded, mutant.How);
                continue;
            }

            var one = JsonNode.Parse(granted)!.AsArray().Single()!.AsObject();
            Assert.Equal(("medid_consent", "consent-1"), ((string?)one["type"], (string?)one["consent_id"]));
            Assert.True(one.Select(member => member.Key).All(name => name is "type" or "consent_id" or "break_glass"), mutant.How);
            Assert.True(one["break_glass"] is not JsonObject glass || glass.Count == 1, mutant.How);
        }
    }
}
