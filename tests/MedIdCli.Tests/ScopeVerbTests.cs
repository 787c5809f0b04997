using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>The published scope decisions and pairs through the verbs, and what the answers say beside yes and no.</summary>
public sealed class ScopeVerbTests
{
    private const string Published = "the project's test data, folder scopes (HL7 parts CC0)";

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public void Decide_PublishedDecisions_AllAsExpected(bool isAbstract, bool asInteraction)
    {
        using var vectors = Open("scopes/scope-decisions.json");
        var derived = vectors.RootElement.GetProperty("resources");
        var resources = isAbstract ? derived : JsonElement.Parse(File.ReadAllBytes(Checkout.PathOf("tests", "vectors", "scopes", "jp-resources.json"))).GetProperty("resources");
        var cases = vectors.RootElement.GetProperty("cases").EnumerateArray().ToArray();
        var lines = string.Join('\n', cases.Select(one => new JsonObject
        {
            ["id"] = one.GetProperty("n").GetInt32(),
            ["abstract"] = isAbstract,
            ["scopes"] = one.GetProperty("scopes").GetString(),
            ["token"] = JsonNode.Parse(one.GetProperty("token").GetRawText()),
            ["request"] = asInteraction ? JsonNode.Parse(one.GetProperty("request").GetRawText()) : Line(one.GetProperty("request"), resources),
            ["store"] = one.GetProperty("request").TryGetProperty("results", out var results) && !asInteraction ? JsonNode.Parse(results.GetRawText()) : null,
            ["resources"] = JsonNode.Parse(resources.GetRawText()),
        }.ToJsonString()));
        var (_, output, errors) = Medid.Run(lines, "scope", "decide", "--batch");
        Assert.Empty(errors);
        var answers = Medid.Lines(output);
        Assert.Equal((104, 104), (cases.Length, answers.Count));
        Assert.All(cases.Zip(answers), pair => Assert.Equal(
            $"{pair.First.GetProperty("n")}: {pair.First.GetProperty("expected")}", $"{pair.Second.GetProperty("id")}: {Said(pair.Second, pair.First.GetProperty("expected").GetString()!)}"));
    }

    [Fact]
    public void Covers_PublishedPairs_AllAsExpected()
    {
        using var pairs = Open("scopes/scope-subset.json");
        Assert.Equal(24, pairs.RootElement.GetArrayLength());
        Assert.All(pairs.RootElement.EnumerateArray(), pair => Assert.Equal(
            pair.GetProperty("aIsCoveredByB").GetBoolean(),
            Ask("covers", new JsonObject { ["a"] = pair.GetProperty("a").GetString(), ["b"] = pair.GetProperty("b").GetString() }.ToJsonString()).GetProperty("covers").GetBoolean()));
    }

    [Fact]
    public void Parse_List_ShowsEveryScopeAndTheNormalForm()
    {
        var answer = Ask("parse", """{"scope":"openid launch/patient patient/Observation.read patient/Observation.u?code=a,b conf/R patient/Observation.sr"}""");
        Assert.Equal(("refused", "scopes.malformed"), (Text(answer, "outcome"), Text(answer, "code")));
        Assert.Equal("patient/Observation.sr", Text(answer.GetProperty("ignored")[0], "scope"));
        var scopes = answer.GetProperty("scopes");
        Assert.Equal(["other", "other", "resource", "resource", "confidentiality"], scopes.EnumerateArray().Select(scope => Text(scope, "kind")));
        Assert.Equal("Patient", Text(scopes[1].GetProperty("launch"), "resourceType"));
        Assert.Equal(("rs", "read-write"), (Text(scopes[2], "permissions"), Text(scopes[2], "syntax")));
        Assert.Equal(["a", "b"], scopes[3].GetProperty("constraints")[0].GetProperty("values").EnumerateArray().Select(value => value.GetString()));
        Assert.Equal("launch/patient openid patient/Observation.rs patient/Observation.u?code=a,b conf/R", Text(answer, "normal"));
    }

    [Fact]
    public void Decide_Example_NamesScopesLabelClauseAndGivesTheFilter()
    {
        var answer = Medid.One("scope", "decide", VerbTests.Example("scope decide").ToJsonString());
        Assert.Equal("filter", Text(answer, "decision"));
        Assert.Equal(["o1"], Texts(answer, "returned"));
        Assert.Equal(
            ["patient/Observation.read||", "patient/Observation.read||dateRange", "patient/Observation.read|http://terminology.hl7.org/CodeSystem/v3-ActCode|HIV|"],
            answer.GetProperty("by").EnumerateArray().Select(by => $"{Text(by, "scope")}|{Optional(by, "label")}|{Optional(by, "clause")}"));
        var filter = Assert.Single(answer.GetProperty("searchFilter").EnumerateArray());
        Assert.Equal(("Observation", "Patient/p1/Observation"), (Text(filter, "resourceType"), Assert.Single(Texts(filter, "searches"))));
        Assert.Equal("2024-12-31T15:00:00Z", Text(filter.GetProperty("consent"), "dataFrom"));
        Assert.Contains("http://terminology.hl7.org/CodeSystem/v3-ActCode|HIV", Texts(filter, "hiddenLabels"));
    }

    [Theory]
    [InlineData("""{"method":"GET","url":"Observation/o1"}""", "permit", null)]
    [InlineData("""{"method":"GET","url":"Observation/o3"}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"GET","url":"Observation/none"}""", "deny", "scopes.image_malformed")]
    [InlineData("""{"method":"GET","url":"Condition/c1"}""", "deny", "scopes.insufficient")]
    [InlineData("""{"method":"GET","url":"observation/o1"}""", "deny", "scopes.request_malformed")]
    [InlineData("""{"method":"POST","url":"Observation","body":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "permit", null)]
    [InlineData("""{"method":"POST","url":"Observation","body":{"resourceType":"Observation","subject":{"reference":"Patient/p2"}}}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"POST","url":"Observation"}""", "deny", "scopes.image_malformed")]
    [InlineData("""{"method":"POST","url":"Observation","ifNoneExist":"identifier=x","body":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "permit", null)]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"replace","path":"/status","value":"amended"}]}""", "permit", null)]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"replace","path":"/subject/reference","value":"Patient/p2"}]}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"remove","path":"/subject"}]}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"remove","path":"/nothing"}]}""", "deny", "scopes.image_malformed")]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"add","path":"/note/0/text","value":"x"}]}""", "deny", "scopes.image_malformed")]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":[{"op":"add","path":"/category/-","value":{}},{"op":"test","path":"/status","value":"final"},{"op":"copy","from":"/status","path":"/x"},{"op":"move","from":"/x","path":"/y"}]}""", "permit", null)]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":{"subject":{"reference":"Patient/p2"}}}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"PATCH","url":"Observation/o1","body":{"note":null}}""", "permit", null)]
    [InlineData("""{"method":"PUT","url":"Observation?identifier=x","match":"o1","body":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "permit", null)]
    [InlineData("""{"method":"PUT","url":"Observation?identifier=x","match":"o3","body":{"resourceType":"Observation","subject":{"reference":"Patient/p1"}}}""", "deny", "scopes.other_patient")]
    [InlineData("""{"method":"POST","url":"Observation/_search","body":"subject%3APatient.name=x"}""", "deny", "scopes.insufficient")]
    [InlineData("""{"method":"POST","url":"Observation/_search","body":"code=x"}""", "filter", null)]
    [InlineData("""{"method":"POST","url":"/","body":{"resourceType":"Bundle","type":"history"}}""", "deny", "scopes.request_malformed")]
    public void Decide_RawRequest_IsAnsweredWithItsDecision(string request, string decision, string? code)
    {
        var input = VerbTests.Example("scope decide");
        input.Remove("consent");
        input["scopes"] = "patient/Observation.cruds";
        input["request"] = JsonNode.Parse(request);
        var answer = Medid.One("scope", "decide", input.ToJsonString());
        Assert.Equal((decision, code), (Text(answer, "decision"), answer.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("batch", "permit,deny,permit,deny", "filter", null)]
    [InlineData("transaction", "permit,deny,permit,deny", "deny", "scopes.entry_refused")]
    public void Decide_Bundle_IsAnsweredEntryByEntry(string kind, string entries, string decision, string? code)
    {
        var input = VerbTests.Example("scope decide");
        input.Remove("consent");
        input["scopes"] = "patient/Observation.cr";
        input["request"] = new JsonObject
        {
            ["method"] = "POST",
            ["url"] = "/",
            ["body"] = JsonNode.Parse($$$"""
                {"resourceType":"Bundle","type":"{{{kind}}}","entry":[{"request":{"method":"GET","url":"Observation/o1"}},{"request":{"method":"GET","url":"Observation/o3"}},
                 {"request":{"method":"POST","url":"Observation"},"resource":{"resourceType":"Observation","subject":{"reference":"Patient/p1"} } },{"request":{"method":"BREW","url":"Observation"}}]}
                """),
        };
        var answer = Medid.One("scope", "decide", input.ToJsonString());
        Assert.Equal((entries, decision, code), (string.Join(',', Texts(answer, "entryDecisions")), Text(answer, "decision"), answer.GetProperty("code").GetString()));
        Assert.Equal("scopes.request_malformed", Text(answer.GetProperty("entries")[3], "reason"));
    }

    [Fact]
    public void Decide_OperationsAndOptions_AreTheServers()
    {
        var input = VerbTests.Example("scope decide");
        input.Remove("consent");
        input["scopes"] = "patient/Observation.rs";
        input["request"] = new JsonObject { ["method"] = "GET", ["url"] = "Observation/$lastn" };
        Assert.Equal("scopes.operation_without_rule", Text(Medid.One("scope", "decide", input.ToJsonString()), "code"));
        input["operations"] = new JsonArray(new JsonObject { ["name"] = "$lastn", ["resourceType"] = "Observation", ["needs"] = new JsonArray("patient/Observation.rs") });
        var answer = Medid.One("scope", "decide", input.ToJsonString());
        Assert.Equal(("filter", "o1,o2"), (Text(answer, "decision"), string.Join(',', Texts(answer, "returned"))));
        input["options"] = new JsonObject { ["requireConfidentialityScope"] = true };
        Assert.Empty(Texts(Medid.One("scope", "decide", input.ToJsonString()), "returned"));
    }

    [Theory]
    [InlineData("token.btgAccepted", true, true)]
    [InlineData("token.btgAccepted", false, false)]
    public void Decide_BrokenGlass_IsSaid(string path, bool value, bool broke)
    {
        var input = VerbTests.Example("scope decide");
        input["scopes"] = "patient/Observation.read btg";
        input[path.Split('.')[0]]![path.Split('.')[1]] = value;
        var answer = Medid.One("scope", "decide", input.ToJsonString());
        Assert.Equal((broke, broke ? "o1,o2,o4" : "o1"), (answer.GetProperty("brokeTheGlass").GetBoolean(), string.Join(',', Texts(answer, "returned"))));
    }

    /// <summary>An abstract request as a line of HTTP with its body.</summary>
    private static JsonObject Line(JsonElement request, JsonElement resources)
    {
        var interaction = Text(request, "i")!;
        if (interaction is "batch" or "transaction")
        {
            var entries = request.GetProperty("entries").EnumerateArray().Select(entry => Line(entry, resources)).Select(line => (JsonNode)new JsonObject
            {
                ["request"] = new JsonObject { ["method"] = line["method"]!.GetValue<string>(), ["url"] = line["url"]!.GetValue<string>() },
                ["resource"] = line["body"]?.DeepClone(),
            });
            return new() { ["method"] = "POST", ["url"] = "/", ["body"] = new JsonObject { ["resourceType"] = "Bundle", ["type"] = interaction, ["entry"] = new JsonArray([.. entries]) } };
        }

        if (interaction is "operation")
        {
            return new() { ["method"] = "GET", ["url"] = Text(request, "name") };
        }

        var stored = request.TryGetProperty("r", out var name) ? resources.GetProperty(name.GetString()!) : default;
        var type = stored.ValueKind == JsonValueKind.Undefined ? Optional(request, "type") : Text(stored, "resourceType");
        var target = stored.ValueKind == JsonValueKind.Undefined ? type : $"{type}/{Text(stored, "id")}";
        var after = request.TryGetProperty("post", out var post) ? resources.GetProperty(post.GetString()!) : stored;
        var body = interaction is "create" or "update" or "patch" ? JsonNode.Parse(after.GetRawText())!.AsObject() : null;
        if (interaction is "update" or "patch")
        {
            body!["id"] = Text(stored, "id");
        }

        var (method, url) = interaction switch
        {
            "create" => ("POST", type),
            "update" => ("PUT", target),
            "patch" => ("PATCH", target),
            "delete" => ("DELETE", target),
            "vread" => ("GET", target + "/_history/1"),
            "history-instance" => ("GET", target + "/_history"),
            "history-type" => ("GET", type + "/_history"),
            "history-system" => ("GET", "_history"),
            "search-system" => ("GET", "?"),
            _ => ("GET", target),
        };
        return new() { ["method"] = method, ["url"] = url, ["body"] = body };
    }

    private static string Said(JsonElement answer, string expected)
    {
        if (expected.StartsWith("entries:", StringComparison.Ordinal))
        {
            return "entries:" + string.Join(',', Texts(answer, "entryDecisions").Select(word => word is "deny" ? "deny" : "allow"));
        }

        var word = Text(answer, "decision") is "deny" ? "deny" : "allow";
        Assert.Equal(word is "allow", answer.GetProperty("valid").GetBoolean());
        return expected.Contains(':', StringComparison.Ordinal) ? $"{word}:{string.Join(',', Texts(answer, "returned"))}" : word;
    }

    private static JsonDocument Open(string name) => JsonDocument.Parse(File.ReadAllBytes(TestVectors.RequireVectors(name, Published)));

    private static JsonElement Ask(string verb, string input) => Medid.One("scope", verb, input);

    private static string? Text(JsonElement owner, string name) => owner.GetProperty(name).GetString();

    private static string? Optional(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static IEnumerable<string> Texts(JsonElement owner, string name) => owner.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}
