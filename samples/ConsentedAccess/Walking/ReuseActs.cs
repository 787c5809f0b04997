using System.Net;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What happens after one act of consent that serves more than one access (row A12).</summary>
internal sealed class ReuseActs(World world, StepFeed feed)
{
    /// <summary>More than the history's own pace in these scenarios, so that two reads are two lines.</summary>
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(2);

    private string Phone => world.Direct(HostRole.Phone);

    /// <summary>New tokens without asking; after the withdrawal there are none.</summary>
    public async Task<JsonNode> RefreshThenWithdrawAsync(string access, JsonNode history, CancellationToken cancellationToken)
    {
        var signatures = Signatures();
        Must(Shows(await world.Calls.PostAsync(access + "/refresh", [], cancellationToken)), 5, "the refreshed token read nothing");
        Must(Signatures() == signatures, 4, "the patient was asked although the token was refreshed");
        Must(history["consents"]![0]!["reuse"]?.ToString() == "refresh-token", 11, "the history does not say how often the consent serves");
        await world.Calls.PostAsync(Phone + "/withdraw", new JsonObject { ["consent"] = history["consents"]![0]!["id"]!.DeepClone() }, cancellationToken);
        await world.Calls.PostAsync(access + "/refresh", [], cancellationToken);
        return await HistoryAsync(cancellationToken);
    }

    /// <summary>The same token reads again, and the history says so.</summary>
    public async Task<JsonNode> ReadLaterAsync(string access, CancellationToken cancellationToken)
    {
        var signatures = Signatures();
        await Task.Delay(Later, cancellationToken);
        Must(Shows(await world.Calls.PostAsync(access + "/read", [], cancellationToken)), 10, "the second read showed nothing");
        Must(Signatures() == signatures, 4, "the patient was asked although the token is used again");
        var history = await HistoryAsync(cancellationToken);
        var consent = history["consents"]![0]!;
        Must(consent["reuse"]?.ToString() == "access-token", 11, "the history does not say how often the consent serves");
        Must((consent["events"] as JsonArray ?? []).Where(line => line!["event"]?.ToString() == "read").Select(line => line!["at"]!.ToString()).Distinct(StringComparer.Ordinal).Count() >= 2, 11, "the history does not hold both reads");
        return history;
    }

    /// <summary>The OP publishes another notice: the token reads nothing more, the patient is asked again and sees what changed.</summary>
    public async Task<(JsonNode Refused, JsonNode History)> ChangeNoticeAsync(Scenario scenario, string access, CancellationToken cancellationToken)
    {
        await world.Files.WriteNoticesAsync(2, cancellationToken);
        await world.KillAndRestartAsync(HostRole.PatientOp, cancellationToken);
        var refused = await world.Calls.PostAsync(access + "/read", [], cancellationToken);
        var told = (await HistoryAsync(cancellationToken))["consents"]![0]!;
        Must((told["notice_changes"] as JsonArray ?? []).Any(change => change!["field"]?.ToString() == "retention"), 11, "the history does not say what changed");

        var ehr = world.Direct(HostRole.Ehr);
        var signatures = Signatures();
        var again = await world.Calls.PostAsync(ehr + "/accesses", WalkAccess.Body(scenario), cancellationToken, HttpStatusCode.Accepted);
        await feed.WaitAsync(reports => reports.Count(report => report is { Role: HostRole.Ehr, Step: 10, Ok: true }) >= 2, "the second access", cancellationToken);
        Must(Shows(await world.Calls.GetAsync($"{ehr}/accesses/{again["access"]}", cancellationToken)), 10, "the second access showed nothing");
        Must(Signatures() == signatures + 1, 4, "the patient was not asked again");
        Must(
            feed.Reports.Any(report => report is { Role: HostRole.Phone, Step: 4 } && report.Sent["changes"] is JsonArray changes && changes.Any(field => field?.ToString() == "retention")), 4, "the phone did not show what changed");
        var history = await HistoryAsync(cancellationToken);
        Must(history["consents"] is JsonArray { Count: 2 } both && both[0]!["notice_version"]?.ToString() == "2" && both[1]!["notice_version"]?.ToString() == "1", 11, "the history does not hold both versions");
        return (refused, history);
    }

    private Task<JsonNode> HistoryAsync(CancellationToken cancellationToken) => world.Calls.GetAsync(Phone + "/history", cancellationToken);

    private int Signatures() => feed.Reports.Count(report => report is { Role: HostRole.Phone, Step: 4 } && report.Sent["transaction"] is not null);

    private static bool Shows(JsonNode seen) => seen["record"] is JsonArray { Count: > 0 } parts && parts.All(part => part!["resources"] is JsonArray { Count: > 0 });

    private static void Must(bool condition, int step, string message)
    {
        if (!condition)
        {
            throw new WalkFailedException(HostRole.MainJob, message, step, "main_job.outcome_wrong");
        }
    }
}
