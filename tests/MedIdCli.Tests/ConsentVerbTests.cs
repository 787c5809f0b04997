using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Cli.Tests;

/// <summary><c>medid consent check</c>: verdicts per rule, with what is missing.</summary>
public sealed class ConsentVerbTests
{
    [Fact]
    public void Check_BrokenRule_IsRefusedWithItsReason()
    {
        var (answer, rule) = Check("JP-1", facts => facts["consent_active"] = false);

        Assert.Equal(("refused", "consent.law_not_met", "appi 27(1)"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("code").GetString(), answer.GetProperty("section").GetString()));
        Assert.Equal(("fail", "23(1)", "sure"), (rule.GetProperty("verdict").GetString(), rule.GetProperty("formerSection").GetString(), rule.GetProperty("certainty").GetString()));
        Assert.Contains("consent_active", rule.GetProperty("reason").GetProperty("ja").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Check_MissingFact_IsUndeterminedAndNamesIt()
    {
        var (answer, rule) = Check("JP-9", facts => facts.Remove("record_kept_years"));

        Assert.Equal(("undetermined", "consent.law_undecided"), (answer.GetProperty("outcome").GetString(), answer.GetProperty("code").GetString()));
        Assert.Equal(["record_kept_years"], rule.GetProperty("missing").EnumerateArray().Select(m => m.GetString()));
    }

    [Theory]
    [InlineData("subject_age", "13")]
    [InlineData("basis", "13")]
    [InlineData("special_care_data", "\"yes\"")]
    public void Check_FactOfAnotherForm_IsUnusable(string fact, string value)
    {
        var input = Input(facts => facts[fact] = fact == "subject_age" ? "thirteen" : JsonNode.Parse(value));

        Assert.Equal("cli.member_value", Medid.One("consent", "check", input.ToJsonString()).GetProperty("code").GetString());
    }

    [Fact]
    public void Check_LawThatIsNone_IsUnusable()
    {
        var input = Input(_ => { });
        input["laws"] = new JsonArray("lex-nulla");

        Assert.Equal("cli.member_value", Medid.One("consent", "check", input.ToJsonString()).GetProperty("code").GetString());
    }

    [Fact]
    public void Check_WithoutLaws_TheJurisdictionsChooseThem()
    {
        var input = Input(facts => facts["subject_jurisdiction"] = "DE");
        input.Remove("laws");

        var answer = Medid.One("consent", "check", input.ToJsonString());

        Assert.Equal("undetermined", answer.GetProperty("outcome").GetString());
        Assert.Equal(["provider_jurisdiction", "recipient_jurisdiction"], answer.GetProperty("missingJurisdictions").EnumerateArray().Select(m => m.GetString()));
        Assert.Equal(["gdpr", "eprivacy"], answer.GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("law").GetString()).Distinct());
    }

    [Fact]
    public void Check_ArtefactThatCannotBeRead_IsRefused()
    {
        var input = Input(_ => { });
        input["artefact"] = new JsonObject { ["schemaVersion"] = "1" };

        Assert.StartsWith("consent.", Medid.One("consent", "check", input.ToJsonString()).GetProperty("code").GetString(), StringComparison.Ordinal);
    }

    private static (JsonElement Answer, JsonElement Rule) Check(string rule, Action<JsonObject> change)
    {
        var answer = Medid.One("consent", "check", Input(change).ToJsonString());
        return (answer, answer.GetProperty("rules").EnumerateArray().Single(r => r.GetProperty("id").GetString() == rule));
    }

    private static JsonObject Input(Action<JsonObject> change)
    {
        var input = VerbTests.Example("consent check");
        change(input["access"]!["facts"]!.AsObject());
        return input;
    }
}
