using System.Text.Json.Nodes;
using MedId.Samples.Hosting;

namespace MedId.Samples.ConsentedAccess;

/// <summary>One JSON object a line for each step: <c>step</c>, <c>name</c>, <c>ok</c>, <c>detail</c>. A scenario ends with a line whose step is null.</summary>
internal sealed class JsonPresenter(TextWriter output, Texts texts) : IPresenter
{
    private string _scenario = "";

    public void Begin(Scenario scenario) => _scenario = scenario.Name;

    public void Started(HostProcess host)
    {
        // Listen lines are for people.
    }

    public void Report(StepReport report)
    {
        // A step is written when it is complete.
    }

    public void StepDone(int step, IReadOnlyList<StepReport> reports)
    {
        var refused = reports.FirstOrDefault(report => !report.Ok);
        Write(step, texts.StepTitle(step), true, new JsonObject
        {
            ["code"] = refused?.Code,
            ["at_ms"] = (long)reports.Max(report => report.At.TotalMilliseconds),
            ["reports"] = new JsonArray([.. reports.Select(report => report.ToJson())]),
        });
    }

    public void End(WalkOutcome outcome)
    {
        if (outcome.Failure is { } failure)
        {
            var detail = new JsonObject
            {
                ["host"] = failure.Role,
                ["code"] = failure.Code,
                ["message"] = failure.Message,
                ["reports"] = new JsonArray([.. outcome.Reports.Where(report => report.Step == failure.Step).Select(report => report.ToJson())]),
                ["log"] = new JsonArray([.. outcome.LogTail.Select(line => JsonValue.Create(line))]),
            };
            Write(failure.Step, failure.Step is { } step ? texts.StepTitle(step) : texts["failed"], false, detail);
        }

        Write(null, texts["scenario"], outcome.Ok, new JsonObject
        {
            ["ms"] = (long)outcome.Elapsed.TotalMilliseconds,
            ["seen"] = outcome.Seen?.DeepClone(),
            ["history"] = outcome.History?.DeepClone(),
        });
    }

    public void Summary(IReadOnlyList<WalkOutcome> outcomes) => output.Flush();

    private void Write(int? step, string name, bool ok, JsonObject detail)
    {
        var line = new JsonObject { ["scenario"] = _scenario, ["step"] = step, ["name"] = name, ["ok"] = ok, ["detail"] = detail };
        output.WriteLine(SampleJson.ToText(line));
        output.Flush();
    }
}
