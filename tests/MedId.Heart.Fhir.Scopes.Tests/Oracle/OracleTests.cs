using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>Random decisions against an oracle that shares no code with the package.</summary>
public sealed class OracleTests
{
    private const string Published = "the project's test data, folder scopes (HL7 parts CC0)";
    private const int Count = 10_000;
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(9));

    [Fact]
    public void Decide_TenThousandRandomQuestions_AsTheOracleAnswers()
    {
        var world = World();
        var (oracle, cases) = (new ScopeOracle(world), new OracleCases(world, 20261122));
        var answers = new Dictionary<string, int>(StringComparer.Ordinal);
        var wrong = new List<string>();
        for (var number = 0; number < Count; number++)
        {
            var asked = cases.Next();
            var (expected, actual) = (oracle.Decide(asked), Answer(asked, world));
            answers[expected.Split(':')[0]] = answers.GetValueOrDefault(expected.Split(':')[0]) + 1;
            answers["shown"] = answers.GetValueOrDefault("shown") + (expected.StartsWith("filter:", StringComparison.Ordinal) && expected.Length > 7 ? 1 : 0);
            if (expected != actual)
            {
                wrong.Add($"{number}: {actual} instead of {expected}: {JsonSerializer.Serialize(asked)}");
            }
        }

        Assert.True(wrong.Count == 0, $"{wrong.Count} differ:\n" + string.Join('\n', wrong.Take(5)));

        // Nothing would be shown by cases that are all refused.
        Assert.All(["permit", "deny", "filter", "entries", "shown"], word => Assert.True(answers.GetValueOrDefault(word) >= 200, JsonSerializer.Serialize(answers)));
    }

    /// <summary>The comparison is able to fail: when the decider is asked something slightly else, the two disagree.</summary>
    [Theory]
    [InlineData("other patient")]
    [InlineData("no user's patients")]
    [InlineData("a scope more")]
    [InlineData("a scope less")]
    [InlineData("labels gone")]
    [InlineData("consent gone")]
    [InlineData("glass")]
    [InlineData("constraints gone")]
    [InlineData("state before is the one after")]
    [InlineData("form gone")]
    public void Comparison_DeciderAskedSomethingElse_Fails(string change)
    {
        var world = World();
        var (oracle, cases) = (new ScopeOracle(world), new OracleCases(world, 20261123));
        var differing = 0;
        for (var number = 0; number < 4000; number++)
        {
            var asked = cases.Next();
            var other = change switch
            {
                "other patient" => asked with { Patient = asked.Patient is null ? "p1" : "p2" },
                "no user's patients" => asked with { UserPatients = [] },
                "a scope more" => asked with { Scopes = asked.Scopes + " patient/*.rs" },
                "a scope less" => asked with { Scopes = string.Join(' ', asked.Scopes.Split(' ').Skip(1)) },
                "labels gone" => asked with { Store = [.. asked.Store.Select(Unlabelled)], Before = asked.Before is null ? null : Unlabelled(asked.Before), After = asked.After is null ? null : Unlabelled(asked.After) },
                "consent gone" => asked with { Consent = null },
                "glass" => asked with { GlassMayBreak = !asked.GlassMayBreak },
                "constraints gone" => asked with { Scopes = string.Join(' ', asked.Scopes.Split(' ').Select(scope => scope.Split('?')[0])) },
                "form gone" => asked with { Form = null },
                _ => asked with { Before = asked.After ?? asked.Before },
            };
            differing += oracle.Decide(asked) != Answer(other, world) ? 1 : 0;
        }

        Assert.InRange(differing, 5, 4000);
    }

    [Fact]
    public void Compartment_OfTheOracle_IsThePublishedOneInTheTypesThatItKnows()
    {
        var world = World();
        Assert.Equal(145, world.Types.Count);
        Assert.All(world.Known, type => Assert.Equal(
            world.Members.Single(member => member.Name == type).Value.EnumerateArray().Select(name => name.GetString()).Order(StringComparer.Ordinal),
            world.ParametersOf(type).Order(StringComparer.Ordinal)));
    }

    private static OracleWorld World()
    {
        var world = new OracleWorld(JsonElement.Parse(File.ReadAllBytes(TestVectors.RequireVectors("scopes/compartment-patient-r4.json", Published))));
        world.Owners["DocumentReference/of-p1"] = """{"resourceType":"DocumentReference","id":"of-p1","subject":{"reference":"Patient/p1"},"date":"2026-01-02"}""";
        world.Owners["DocumentReference/of-p2"] = """{"resourceType":"DocumentReference","id":"of-p2","subject":{"reference":"Patient/p2"}}""";
        world.Owners["DocumentReference/labelled"] =
            """{"resourceType":"DocumentReference","id":"labelled","subject":{"reference":"Patient/p1"},"date":"2026-01-02","meta":{"security":[{"system":"http://terminology.hl7.org/CodeSystem/v3-Confidentiality","code":"R"}]}}""";
        return world;
    }

    private static string Unlabelled(string json)
    {
        var node = JsonNode.Parse(json)!;
        (node["meta"] as JsonObject)?.Remove("security");
        return node.ToJsonString();
    }

    private static string Answer(OracleCase asked, OracleWorld world)
    {
        var decider = new ScopeDecider(new() { ServiceBase = OracleWorld.Base, RequireConfidentialityScope = asked.IsStrict });
        var scopes = Fhir.Scopes(asked.Scopes);
        var context = new FhirTokenContext
        {
            Patient = asked.Patient,
            User = asked.User,
            UserPatients = [.. asked.UserPatients],
            BreakTheGlassAccepted = asked.GlassMayBreak,
            Purpose = asked.Purpose,
            ClientId = asked.Client,
            Consent = asked.Consent is { } consent ? Limits(consent) : null,
            At = asked.Consent is { } timed ? Start.AddHours(timed.At) : null,
        };
        return asked.Entries is null ? One(asked, world, decider, scopes, context) : Bundle(asked, world, decider, scopes, context);
    }

    private static ConsentLimits Limits(OracleConsent consent) => new()
    {
        ValidFrom = consent.From is { } from ? Start.AddHours(from) : null,
        ValidUntil = consent.Until is { } until ? Start.AddHours(until) : null,
        Purposes = consent.Purpose is { } purpose ? [purpose] : null,
        Recipients = consent.Recipient is { } recipient ? [recipient] : null,
        Data = consent.Data?.Select(one => Fhir.Accepted(ConsentDataClass.Parse(one))).ToList(),
        DataFrom = consent.DataFromDay is { } first ? Start.AddDays(first) : null,
        DataUntil = consent.DataUntilDay is { } last ? Start.AddDays(last) : null,
    };

    private static string One(OracleCase asked, OracleWorld world, ScopeDecider decider, ScopeSet scopes, FhirTokenContext context)
    {
        var request = FhirRequest.Parse(asked.Method, asked.Url, asked.Form, asked.IfNoneExist);
        if (!request.Succeeded)
        {
            return "deny";
        }

        var decision = decider.DecideRequest(scopes, context, request.Value);
        if (decision.Outcome == ScopeOutcome.Examine)
        {
            var (before, after) = request.Value.Interaction switch
            {
                FhirInteraction.Create => (default, Image(asked.After, world)),
                FhirInteraction.Update or FhirInteraction.Patch => (Image(asked.Before, world), Image(asked.After, world)),
                _ => (Image(asked.Before, world), default(ResourceImage)),
            };
            decision = decider.DecideResource(scopes, context, request.Value, before, after);
        }

        return decision.Filter is { } filter
            ? "filter:" + string.Join(',', asked.Store.Index().Where(pair => !filter.Permits(Image(pair.Item, world)).IsDenied).Select(pair => pair.Index))
            : decision.Outcome == ScopeOutcome.Permit ? "permit" : "deny";
    }

    private static string Bundle(OracleCase asked, OracleWorld world, ScopeDecider decider, ScopeSet scopes, FhirTokenContext context)
    {
        var json = new JsonObject
        {
            ["resourceType"] = "Bundle",
            ["type"] = asked.IsTransaction ? "transaction" : "batch",
            ["entry"] = new JsonArray([.. asked.Entries!.Select(entry => (JsonNode)new JsonObject
            {
                ["fullUrl"] = entry.FullUrl,
                ["resource"] = entry.Resource is null ? null : JsonNode.Parse(entry.Resource),
                ["request"] = entry.IfNoneExist is null
                    ? new JsonObject { ["method"] = entry.Method, ["url"] = entry.Url }
                    : new JsonObject { ["method"] = entry.Method, ["url"] = entry.Url, ["ifNoneExist"] = entry.IfNoneExist },
            })]),
        };
        var bundle = Fhir.Accepted(FhirBundle.Parse(Fhir.Json(json.ToJsonString())));
        var decisions = bundle.Entries.Zip(asked.Entries!, (entry, given) => decider.DecideEntry(
            scopes, context, WithOwner(entry, given, world), entry.Request!.Interaction == FhirInteraction.Create ? default : Image(given.Before, world))).ToList();
        return bundle.IsTransaction
            ? ScopeDecider.DecideTransaction(scopes, decisions).IsDenied ? "deny" : "permit"
            : "entries:" + string.Join(',', decisions.Select(one => one.Outcome switch { ScopeOutcome.Permit => "permit", ScopeOutcome.Filter => "filter", _ => "deny" }));
    }

    private static FhirBundleEntry WithOwner(FhirBundleEntry entry, OracleEntry given, OracleWorld world) =>
        given.Resource is not null && Fhir.Json(given.Resource).TryGetProperty("securityContext", out var context) && world.Owners.TryGetValue(context.GetProperty("reference").GetString()!, out var owner)
            ? entry.WithSecurityContext(Fhir.Json(owner))
            : entry;

    private static ResourceImage Image(string? json, OracleWorld world)
    {
        if (json is null)
        {
            return default;
        }

        var element = Fhir.Json(json);
        return element.TryGetProperty("securityContext", out var context) && world.Owners.TryGetValue(context.GetProperty("reference").GetString()!, out var owner)
            ? ((ResourceImage)element).WithSecurityContext(Fhir.Json(owner))
            : element;
    }
}
