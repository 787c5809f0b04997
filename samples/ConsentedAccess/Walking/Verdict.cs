using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What has to be true of the record and of the history when a scenario has ended, whatever the servers reported.</summary>
internal static class Verdict
{
    /// <exception cref="WalkFailedException">Something is not so.</exception>
    public static void Check(Scenario scenario, JsonNode? seen, JsonNode? history, IReadOnlyList<StepReport> reports)
    {
        if (seen is null)
        {
            return;
        }

        if (scenario.LastGoodStep < WalkSteps.Last)
        {
            Must(seen["granted"] is null && seen["record"] is null && seen["consent_id"] is null, 10, "the EHR holds a grant or a record after a refusal");
            return;
        }

        var granted = Texts(seen["granted"]).Where(scope => scope != "openid").ToList();
        var expected = scenario.Granted ?? WalkAccess.Scopes;
        Must(granted.SequenceEqual(expected, StringComparer.Ordinal), 5, "the tokens' scopes are not what the patient kept");
        var types = (seen["record"] as JsonArray ?? []).Select(part => part!["type"]!.ToString()).ToList();
        Must(types.SequenceEqual(expected.Where(scope => scope.Contains('/', StringComparison.Ordinal)).Select(TypeOf), StringComparer.Ordinal), 10, "the record holds other parts than the patient kept");
        Must((seen["record"] as JsonArray ?? []).All(part => part!["resources"] is JsonArray { Count: > 0 }), 10, "a part of the record is empty");

        if (scenario.Afterwards == Afterwards.ChangeNotice)
        {
            // Two consents: judged where they were given.
            return;
        }

        var consents = history?["consents"] as JsonArray ?? [];
        Must(consents.Count == 1 && consents[0]!["id"]?.ToString() == seen["consent_id"]?.ToString(), 11, "the history does not hold this one consent");
        Must(
            consents[0]!["status"]?.ToString() == (scenario.Afterwards is Afterwards.WithdrawAndReadAgain or Afterwards.RefreshThenWithdraw or Afterwards.EndTheRelation ? "withdrawn" : "given"),
            11,
            "the consent's state in the history is not the one it has to be");
        if (scenario.Told is { } ground)
        {
            CheckTold(ground, consents[0]!, reports);
            return;
        }

        var signed = reports.LastOrDefault(report => report is { Role: HostRole.Phone, Step: 4 } && report.Sent["transaction"] is not null)?.Sent["transaction"]!.ToString();
        Must(consents[0]!["signed"]?.ToString() == signed, 11, "the consent record holds another line than the phone signed");
        Must(Texts(consents[0]!["events"], "event").Count(one => one == "token-issued") == 1, 11, "tokens were not issued exactly once");
    }

    /// <summary>Nobody was asked: the history says on what ground, and the phone was told and signed nothing.</summary>
    private static void CheckTold(string ground, JsonNode consent, IReadOnlyList<StepReport> reports)
    {
        Must(consent["ground"]?["kind"]?.ToString() == ground, 11, "the history does not say on what ground the record was opened");
        Must(Texts(consent["events"], "event").Contains("told", StringComparer.Ordinal), 11, "the history does not say that the person was told");
        Must(Texts(consent["events"], "event").Count(one => one == "token-issued") == 1, 11, "tokens were not issued exactly once");
        Must(reports.Any(report => report is { Role: HostRole.Phone, Step: 4 } && report.Sent["told"]?.ToString() == ground), 4, "the phone did not read what was opened");
        Must(!reports.Any(report => report is { Role: HostRole.Phone, Step: 4 } && report.Sent["transaction"] is not null), 4, "the phone signed something for what it was told of");
        Must(
            ground != "break-glass" || reports.Any(report => report is { Role: HostRole.Api, Step: 9 } && report.Sent["uncovered"] is not null), 9, "no audit event says that a label was lifted");
    }

    /// <summary>A read that had to be refused showed nothing.</summary>
    public static void CheckNothing(JsonNode? seen) =>
        Must((seen?["record"] as JsonArray ?? []).All(part => part!["resources"] is JsonArray { Count: 0 }), 10, "a read that had to be refused showed a resource");

    private static string TypeOf(string scope) => scope[(scope.IndexOf('/', StringComparison.Ordinal) + 1)..scope.IndexOf('.', StringComparison.Ordinal)];

    private static IEnumerable<string> Texts(JsonNode? list, string? member = null) =>
        (list as JsonArray ?? []).Select(one => (member is null ? one : one![member])?.ToString() ?? "");

    private static void Must(bool condition, int step, string message)
    {
        if (!condition)
        {
            throw new WalkFailedException(HostRole.MainJob, message, step, "main_job.outcome_wrong");
        }
    }
}
