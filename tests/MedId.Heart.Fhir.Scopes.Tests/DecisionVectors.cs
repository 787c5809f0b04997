using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Heart.Fhir.Scopes.Tests;

/// <summary>Turns the abstract form of the published decisions into calls, and the answer back into its words.</summary>
internal sealed class DecisionVectors(JsonElement resources, DecisionForm form)
{
    public string Decide(JsonElement vector)
    {
        var scopes = Fhir.Scopes(vector.GetProperty("scopes").GetString()!);
        var token = vector.GetProperty("token");
        var context = new FhirTokenContext
        {
            Patient = Text(token, "patient"),
            User = Text(token, "user"),
            UserPatients = token.TryGetProperty("userPatients", out var patients) ? [.. patients.EnumerateArray().Select(id => id.GetString()!)] : [],
            BreakTheGlassAccepted = token.TryGetProperty("btgAllowed", out var allowed) && allowed.GetBoolean(),
        };
        var request = vector.GetProperty("request");
        return Text(request, "i") switch
        {
            "batch" => "entries:" + string.Join(',', Entries(request).Select(entry => Word(One(scopes, context, entry)))),
            "transaction" => Word(ScopeDecider.DecideTransaction(scopes, [.. Entries(request).Select(entry => One(scopes, context, entry))])),
            _ => Single(scopes, context, request),
        };
    }

    private static JsonElement.ArrayEnumerator Entries(JsonElement request) => request.GetProperty("entries").EnumerateArray();

    private static string Word(ScopeDecision decision) => decision.Outcome is ScopeOutcome.Permit or ScopeOutcome.Filter ? "allow" : "deny";

    private static string? Text(JsonElement owner, string name) => owner.TryGetProperty(name, out var value) ? value.GetString() : null;

    private string Single(ScopeSet scopes, FhirTokenContext context, JsonElement request)
    {
        var decision = One(scopes, context, request);
        if (decision.Filter is not { } filter || !request.TryGetProperty("results", out var results))
        {
            return Word(decision);
        }

        var returned = results.EnumerateArray().Select(name => name.GetString()!).Where(name => !filter.Permits(Image(name)).IsDenied);
        return "allow:" + string.Join(',', returned.Select(name => Text(resources.GetProperty(name), "id")));
    }

    private ScopeDecision One(ScopeSet scopes, FhirTokenContext context, JsonElement request)
    {
        var interaction = Text(request, "i")!;
        var name = Text(request, "r");
        var type = name is null ? Text(request, "type") : Text(resources.GetProperty(name), form == DecisionForm.JpCore ? "resourceType" : "type");
        var id = name is null ? null : Text(resources.GetProperty(name), "id");
        var decider = new ScopeDecider();
        if (interaction is "operation")
        {
            var path = Text(request, "name")!.Split('/');
            return decider.Decide(scopes, context, FhirRequest.ForOperation(path[^1], path.Length == 3 ? path[0] : null, path.Length == 3 ? path[1] : null));
        }

        var parsed = Fhir.Accepted(FhirRequest.Parse(
            interaction switch { "create" => "POST", "update" => "PUT", "patch" => "PATCH", "delete" => "DELETE", _ => "GET" },
            interaction switch
            {
                "create" or "search-type" => type!,
                "history-type" => type + "/_history",
                "vread" => $"{type}/{id}/_history/1",
                "history-instance" => $"{type}/{id}/_history",
                "search-system" => "?",
                "history-system" => "_history",
                _ => $"{type}/{id}",
            }));
        var before = name is null || interaction is "create" ? default : Image(name);
        var after = interaction switch
        {
            "create" => Image(name!),
            "update" or "patch" => Image(Text(request, "post") ?? name!, id),
            _ => default,
        };
        return decider.Decide(scopes, context, parsed, before, after);
    }

    /// <summary>The resource, an after-image with the id of the resource that it replaces.</summary>
    private ResourceImage Image(string name, string? id = null)
    {
        var facts = resources.GetProperty(name);
        return form switch
        {
            DecisionForm.JpCore => Stored(facts, id),
            DecisionForm.MadeJson => RawJson(facts, id ?? Text(facts, "id")!),
            _ => Facts(facts, id ?? Text(facts, "id")!),
        };
    }

    /// <summary>The resource as it is stored, and nothing derived; a Binary with the resource that it names.</summary>
    private ResourceImage Stored(JsonElement json, string? id)
    {
        if (id is not null)
        {
            var renamed = JsonNode.Parse(json.GetRawText())!;
            renamed["id"] = id;
            return Fhir.Json(renamed.ToJsonString());
        }

        ResourceImage image = json;
        return json.TryGetProperty("securityContext", out var context)
            ? image.WithSecurityContext(resources.EnumerateObject().Single(one => context.GetProperty("reference").ValueEquals($"{Text(one.Value, "resourceType")}/{Text(one.Value, "id")}")).Value)
            : image;
    }

    private static ResourceFacts Facts(JsonElement facts, string id) => new()
    {
        ResourceType = Text(facts, "type")!,
        Id = id,
        Patients = Strings(facts, "patients"),
        Confidentiality = Strings(facts, "conf"),
        Sensitivity = Strings(facts, "sens"),
        Parameters = facts.GetProperty("params").EnumerateObject().ToDictionary(
            member => member.Name, member => (IReadOnlyList<string>)[.. member.Value.EnumerateArray().Select(value => value.GetString()!)]),
    };

    private static string[] Strings(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var values) ? [.. values.EnumerateArray().Select(value => value.GetString()!)] : [];

    private static ResourceImage RawJson(JsonElement facts, string id)
    {
        var type = Text(facts, "type")!;
        var node = new JsonObject { ["resourceType"] = type, ["id"] = id };
        var references = Strings(facts, "patients").Select(patient => (JsonNode)new JsonObject { ["reference"] = "Patient/" + patient }).ToArray();
        switch (type)
        {
            case "Appointment":
                node["participant"] = new JsonArray([.. references.Select(reference => (JsonNode)new JsonObject { ["actor"] = reference })]);
                break;
            case "AllergyIntolerance":
                node["patient"] = references.Single();
                break;
            case "Provenance":
                node["target"] = new JsonArray(references);
                break;
            case "Binary" when references.Length == 1:
                node["securityContext"] = new JsonObject { ["reference"] = "DocumentReference/dr1" };
                break;
            case "Observation" or "Condition" or "Encounter" or "DocumentReference":
                node["subject"] = references.Single();
                break;
        }

        foreach (var parameter in facts.GetProperty("params").EnumerateObject())
        {
            var codings = parameter.Value.EnumerateArray().Select(value => value.GetString()!.Split('|')).ToArray();
            node[parameter.Name] = parameter.Name switch
            {
                "status" => codings[0][0],
                "focus" => new JsonArray(new JsonObject { ["reference"] = codings[0][0] }),
                "code" => Concept(codings[0]),
                _ => new JsonArray([.. codings.Select(Concept)]),
            };
        }

        var labels = Strings(facts, "conf").Select(code => (Fhir.Confidentiality, code)).Concat(Strings(facts, "sens").Select(code => (Fhir.ActCode, code)))
            .Select(label => (JsonNode)new JsonObject { ["system"] = label.Item1, ["code"] = label.code }).ToArray();
        if (labels.Length != 0)
        {
            node["meta"] = new JsonObject { ["security"] = new JsonArray(labels) };
        }

        ResourceImage image = Fhir.Json(node.ToJsonString());
        return type is "Binary" && references.Length == 1
            ? image.WithSecurityContext(Fhir.Json("""{"resourceType":"DocumentReference","id":"dr1","subject":{"reference":"Patient/p1"}}"""))
            : image;
    }

    private static JsonNode Concept(string[] pair) =>
        new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = pair[0], ["code"] = pair[1] }) };
}
