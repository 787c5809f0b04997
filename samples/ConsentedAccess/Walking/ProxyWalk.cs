using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>A parent decides for a child without a phone: what the main job does at the desk, and what the parent's phone then shows.</summary>
internal sealed class ProxyWalk(World world)
{
    private const string ParentName = "見本 太郎（架空）";
    private const string ChildName = "見本 花子（架空）";
    private string? _relation;

    /// <summary>Registers the parent at the desk, by the evidence that the desk saw.</summary>
    public async Task RegisterAsync(CancellationToken cancellationToken)
    {
        var order = new JsonObject { ["patient"] = SampleFiles.Account, ["proxy"] = SampleFiles.ParentAccount, ["patient_name"] = ChildName, ["proxy_name"] = ParentName };
        _relation = (await world.Calls.PostAsync(world.Direct(HostRole.PatientOp) + "/sample/proxies", order, cancellationToken))["relation"]!.GetValue<string>();
    }

    /// <summary>Ends the relation at the desk.</summary>
    public Task EndAsync(CancellationToken cancellationToken) =>
        world.Calls.PostAsync($"{world.Direct(HostRole.PatientOp)}/sample/proxies/{_relation}/end", [], cancellationToken);

    /// <summary>What the parent's phone shows of what they did for the child; both names stand there.</summary>
    public static JsonObject GivenForOthers(JsonNode history)
    {
        var given = history["given_for_others"] as JsonArray ?? [];
        var own = history["consents"] as JsonArray ?? [];
        if (own.Count != 0 || given.Count != 1 || given[0]!["proxy"] is not { } proxy || proxy["name"]?.ToString() != ParentName || proxy["patient_name"]?.ToString() != ChildName)
        {
            throw new WalkFailedException(HostRole.MainJob, "the parent's history does not say for whom they agreed", 11, "main_job.outcome_wrong");
        }

        return new() { ["consents"] = given.DeepClone() };
    }
}
