using System.Text.Json;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>One step as a host reported it: by the role in which the main job started the process, and the time since the scenario began.</summary>
internal sealed record StepReport(string Role, int Step, string Name, string? Code, JsonObject Sent, IReadOnlyList<string> Checked, long Milliseconds, TimeSpan At)
{
    public bool Ok => Code is null;

    /// <summary>Reads a line; null when it is no step report.</summary>
    public static StepReport? TryRead(string role, string line, TimeSpan at)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject json || json["step"] is null)
            {
                return null;
            }

            var ok = json["ok"]!.GetValue<bool>();
            var code = json["code"]?.GetValue<string>();
            return new StepReport(
                role,
                json["step"]!.GetValue<int>(),
                json["name"]!.GetValue<string>(),
                ok ? null : code ?? "host.refusal_without_code",
                json["sent"] as JsonObject ?? [],
                [.. (json["checked"] as JsonArray ?? []).Select(fact => fact!.ToString())],
                json["ms"]?.GetValue<long>() ?? 0,
                at);
        }
        catch (Exception mistake) when (mistake is JsonException or InvalidOperationException or NullReferenceException)
        {
            return null;
        }
    }

    public JsonObject ToJson() => new()
    {
        ["host"] = Role,
        ["name"] = Name,
        ["ok"] = Ok,
        ["code"] = Code,
        ["sent"] = Sent.DeepClone(),
        ["checked"] = new JsonArray([.. Checked.Select(fact => JsonValue.Create(fact))]),
        ["ms"] = Milliseconds,
    };
}
