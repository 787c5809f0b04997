using System.Net;
using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The EHR asks once more, in a way that has to be refused before anybody is disturbed.</summary>
internal sealed class SecondAccess(World world, StepFeed feed)
{
    public async Task RefuseAsync(Scenario scenario, CancellationToken cancellationToken)
    {
        var ehr = world.Direct(HostRole.Ehr);
        var started = await world.Calls.PostAsync(ehr + "/accesses", WalkAccess.Body(scenario.Again), cancellationToken, HttpStatusCode.Accepted);
        await feed.WaitAsync(
            reports => scenario.Refusals.All(refusal => reports.Any(refusal.IsShownBy)),
            "the refusal of the second access",
            cancellationToken);
        var seen = await world.Calls.GetAsync($"{ehr}/accesses/{started["access"]}", cancellationToken);
        if (seen["granted"] is not null || seen["record"] is not null)
        {
            throw new WalkFailedException(HostRole.Ehr, "the second access was granted", 10, "main_job.outcome_wrong");
        }
    }
}
