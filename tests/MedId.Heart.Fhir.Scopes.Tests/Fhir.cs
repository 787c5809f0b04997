using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>Synthetic resources and the shortest way to a decision. One valid fixture each; tests change one thing.</summary>
internal static class Fhir
{
    public const string CategorySystem = "http://terminology.hl7.org/CodeSystem/observation-category";
    public const string Confidentiality = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
    public const string ActCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";

    public static FhirTokenContext P1 { get; } = new() { Patient = "p1" };

    public static FhirTokenContext Doctor { get; } = new() { User = "Practitioner/d1", UserPatients = ["p1"] };

    public static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    public static JsonElement Observation(string patient = "p1", string id = "o1", params (string System, string Code)[] labels)
    {
        var node = JsonNode.Parse($$$"""
            {"resourceType":"Observation","id":"{{{id}}}","status":"final","subject":{"reference":"Patient/{{{patient}}}"},
             "category":[{"coding":[{"system":"{{{CategorySystem}}}","code":"laboratory"}]}],
             "code":{"coding":[{"system":"http://loinc.org","code":"718-7"}]}}
            """)!;
        if (labels.Length != 0)
        {
            node["meta"] = new JsonObject
            {
                ["security"] = new JsonArray([.. labels.Select(label => (JsonNode)new JsonObject { ["system"] = label.System, ["code"] = label.Code })]),
            };
        }

        return Json(node.ToJsonString());
    }

    public static ScopeSet Scopes(string scopes) => Accepted(ScopeSet.Parse(scopes));

    public static FhirRequest Request(string line)
    {
        var parts = line.Split(' ', 2);
        return Accepted(FhirRequest.Parse(parts[0], parts[1]));
    }

    public static ScopeDecision Decide(
        string scopes, string line, ResourceImage before = default, ResourceImage after = default, FhirTokenContext? context = null, ScopeDecisionOptions? options = null) =>
        new ScopeDecider(options).Decide(Scopes(scopes), context ?? P1, Request(line), before, after);

    public static ScopeDecision First(string scopes, string line, FhirTokenContext? context = null, ScopeDecisionOptions? options = null) =>
        new ScopeDecider(options).DecideRequest(Scopes(scopes), context ?? P1, Request(line));

    public static T Accepted<T>(MedIdResult<T> result)
        where T : notnull
    {
        Assert.True(result.Succeeded, result.ToString());
        return result.Value;
    }

    public static void Refused<T>(string code, MedIdResult<T> result)
        where T : notnull
    {
        Assert.False(result.Succeeded, "was accepted");
        Assert.Equal(code, result.Error.Code);
    }

    public static void Denied(string code, ScopeDecision decision)
    {
        Assert.Equal(ScopeOutcome.Deny, decision.Outcome);
        Assert.Equal(code, decision.Error!.Code);
        Assert.Empty(decision.By);
    }

    public static void Permitted(ScopeDecision decision, params string[] by)
    {
        Assert.Equal("Permit", decision.ToString());
        Assert.Equal(by, decision.By.Select(scope => scope.Value));
    }
}
