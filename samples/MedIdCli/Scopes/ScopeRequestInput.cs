using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary>Reads <c>request</c>: a line of HTTP with its body, or the abstract form of the published decisions.</summary>
internal static class ScopeRequestInput
{
    public static ScopeCall Read(CallInput request, ScopeResources resources) => request.Raw("i") is not null ? Abstract(request, resources) : Http(request, resources);

    private static ScopeCall Http(CallInput request, ScopeResources resources)
    {
        var (method, url) = (request.Text("method"), request.Text("url"));
        var body = request.Raw("body");
        var condition = request.OptionalText("ifNoneExist");
        var match = request.OptionalText("match") is { } name ? resources.Find(name) ?? throw request.Value("match", "the name or id of one of the resources") : null;
        var form = body is { ValueKind: JsonValueKind.String } ? body.Value.GetString() : null;
        var read = FhirRequest.Parse(method, url, form, condition);
        if (read is not { Succeeded: true, Value: var asked })
        {
            return new(read);
        }

        if (asked.Interaction == FhirInteraction.Bundle)
        {
            return Bundle(read, body, resources);
        }

        var stored = asked.IsConditional ? match : asked.Id is { } id ? resources.Find(asked.ResourceType, id) : null;
        var before = stored is null || asked.Interaction == FhirInteraction.Create ? default : resources.Image(stored);
        return new(read, before, After(asked, stored, body));
    }

    private static ResourceImage After(FhirRequest asked, ScopeResources.One? stored, JsonElement? body) => asked.Interaction switch
    {
        FhirInteraction.Create or FhirInteraction.Update => body is { ValueKind: not JsonValueKind.String } json ? json : default(ResourceImage),
        FhirInteraction.Patch when stored is not null && body is null => ScopeResources.After(stored, stored.Id),
        FhirInteraction.Patch when stored is { Facts: null } && JsonPatch.Apply(stored.Json, body!.Value) is { } patched => patched,
        _ => default,
    };

    private static ScopeCall Bundle(MedIdResult<FhirRequest> read, JsonElement? body, ScopeResources resources)
    {
        var bundle = FhirBundle.Parse(body ?? default);
        return bundle is not { Succeeded: true, Value: var parsed } ? new(bundle.Error!) : new(read)
        {
            IsTransaction = parsed.IsTransaction,
            Entries = [.. parsed.Entries.Select(entry => Entry(entry, resources))],
        };
    }

    private static ScopeCall Entry(FhirBundleEntry entry, ScopeResources resources)
    {
        var stored = entry.Request is { Id: { } id, Interaction: not FhirInteraction.Create } request ? resources.Find(request.ResourceType, id) : null;
        return new(entry.IsReadable ? entry.Request : entry.Error, stored is null ? default : resources.Image(stored)) { Entry = entry };
    }

    private static ScopeCall Abstract(CallInput request, ScopeResources resources)
    {
        var interaction = request.Text("i");
        if (interaction is "batch" or "transaction")
        {
            var entries = request.OptionalObjects("entries") ?? throw request.Missing("entries");
            return new(FhirRequest.For(FhirInteraction.Bundle)) { IsTransaction = interaction is "transaction", Entries = [.. entries.Select(entry => Abstract(entry, resources))] };
        }

        if (interaction is "operation")
        {
            return Operation(request);
        }

        var named = request.OptionalText("r");
        var stored = named is null ? null : resources.Find(named) ?? throw request.Value("r", "the name of one of the resources");
        var post = request.OptionalText("post") is { } after ? resources.Find(after) ?? throw request.Value("post", "the name of one of the resources") : stored;
        var type = stored?.Type ?? request.OptionalText("type");
        var target = $"{type}/{stored?.Id}";
        (string Method, string Url) line = interaction switch
        {
            "read" => ("GET", target),
            "vread" => ("GET", target + "/_history/1"),
            "history-instance" => ("GET", target + "/_history"),
            "create" => ("POST", type ?? ""),
            "update" => ("PUT", target),
            "patch" => ("PATCH", target),
            "delete" => ("DELETE", target),
            "search-type" => ("GET", type ?? ""),
            "history-type" => ("GET", type + "/_history"),
            "search-system" => ("GET", "?"),
            "history-system" => ("GET", "_history"),
            _ => throw request.Value("i", "an interaction of FHIR R4, as read, search-type, history-system, create, operation, batch"),
        };
        if (interaction is not ("search-system" or "history-system") && type is null)
        {
            throw request.Missing(interaction is "search-type" or "history-type" ? "type" : "r");
        }

        return new(
            FhirRequest.Parse(line.Method, line.Url),
            stored is null || interaction is "create" ? default : resources.Image(stored),
            post is null ? default : interaction switch { "create" => ScopeResources.After(post, post.Id), "update" or "patch" => ScopeResources.After(post, stored!.Id), _ => default });
    }

    private static ScopeCall Operation(CallInput request)
    {
        var name = request.Text("name");
        var read = FhirRequest.Parse("GET", name);
        if (request.Raw("needs") is not { ValueKind: JsonValueKind.Array } needs || read is not { Succeeded: true, Value: var asked })
        {
            return new(read);
        }

        // A need of nobody is the vectors' way to say that there is no rule.
        var parsed = needs.EnumerateArray().Select(need => need.ValueKind == JsonValueKind.Array && need.GetArrayLength() == 3 && need.EnumerateArray().All(part => part.ValueKind == JsonValueKind.String)
            ? ScopeInput.Need(need[0].GetString()!, need[1].GetString()!, need[2].GetString()!) : null).ToList();
        return new(read) { Rule = new(asked.OperationName!, asked.ResourceType, asked.Id is not null, parsed.Contains(null) ? [] : [.. parsed.Select(need => need!)]) };
    }
}
