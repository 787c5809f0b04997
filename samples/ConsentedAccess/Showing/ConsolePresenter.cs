using System.Globalization;
using System.Text.Json.Nodes;
using MedId.Samples.Hosting;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Tells a walk to a person: each report as it comes, then what the doctor sees, the consent's history, and the time of each step.</summary>
internal sealed class ConsolePresenter(TextWriter output, Texts texts, bool brief) : IPresenter
{
    private const int HostCells = 17;
    private const int LineCells = 118;
    private const int Indent = 5;
    private int _step = -2;

    public void Begin(Scenario scenario)
    {
        _step = -2;
        if (!brief)
        {
            output.WriteLine($"{scenario.Name}: {scenario.Text(texts.Language)}");
            output.WriteLine();
        }
    }

    public void Started(HostProcess host)
    {
        if (!brief)
        {
            var facts = host.ListenLine.Where(member => member.Key is not ("host" or "listening") && member.Value is JsonValue).Select(member => $"{member.Key}={member.Value}");
            output.WriteLine($"  {Columns.Pad(texts.Host(host.Command.Role), HostCells + 3)}{host.Address}  {string.Join("  ", facts)}".TrimEnd());
        }
    }

    public void Report(StepReport report)
    {
        if (brief)
        {
            return;
        }

        if (report.Step != _step)
        {
            _step = report.Step;
            output.WriteLine();
            output.WriteLine($"[{report.Step}] {texts.StepTitle(report.Step)}");
        }

        var mark = report.Ok ? "" : $"  ✗ {report.Code}";
        output.WriteLine($"     {Columns.Pad(texts.Host(report.Role), HostCells)}{texts.Said(report.Name)}{mark}  ({report.Milliseconds} ms)");
        if (report.Sent.Count > 0)
        {
            Lines(texts["sent"], string.Join(", ", report.Sent.Select(member => $"{member.Key} = {Value(member.Value)}")));
        }

        foreach (var fact in report.Checked)
        {
            Lines("✓", texts.Said(fact));
        }

        output.Flush();
    }

    public void StepDone(int step, IReadOnlyList<StepReport> reports)
    {
        // The reports themselves were shown as they came.
    }

    public void End(WalkOutcome outcome)
    {
        if (brief)
        {
            output.WriteLine($"  {(outcome.Ok ? "✓" : "✗")} {Columns.Pad(outcome.Scenario.Name, 20)}{Seconds(outcome.Elapsed),8}  {outcome.Scenario.Text(texts.Language)}");
        }
        else
        {
            output.WriteLine();
            RecordView.Write(output, texts, outcome.Seen);
            HistoryView.Write(output, texts, outcome.History);
            Times(outcome);
            output.WriteLine();
            output.WriteLine(outcome.Ok ? texts["verified"] : texts["not-verified"]);
        }

        if (outcome.Failure is { } failure)
        {
            output.WriteLine($"  {(failure.Step is { } step ? $"[{step}] " : "")}{failure.Role} {failure.Code}");
            output.WriteLine("  " + failure.Message);
            foreach (var line in outcome.LogTail)
            {
                output.WriteLine("  | " + line);
            }
        }

        output.Flush();
    }

    public void Summary(IReadOnlyList<WalkOutcome> outcomes)
    {
        output.WriteLine();
        var good = outcomes.Count(outcome => outcome.Ok);
        output.WriteLine(string.Format(CultureInfo.InvariantCulture, texts["summary"], good, outcomes.Count, Seconds(TimeSpan.FromTicks(outcomes.Sum(outcome => outcome.Elapsed.Ticks)))));
        output.Flush();
    }

    private void Times(WalkOutcome outcome)
    {
        output.WriteLine(texts["times"]);
        foreach (var step in outcome.Reports.GroupBy(report => report.Step).OrderBy(group => group.Key))
        {
            var done = step.Max(report => report.At);
            output.WriteLine($"  [{step.Key,2}] {Columns.Pad(texts.StepTitle(step.Key), 56)}{texts["at"]} {Seconds(done),8}   {string.Join(", ", step.GroupBy(report => report.Role).Select(host => $"{texts.Host(host.Key)} {host.Sum(report => report.Milliseconds)} ms"))}");
        }

        output.WriteLine($"       {Columns.Pad(texts["whole"], 56)}{new string(' ', Columns.Width(texts["at"]))} {Seconds(outcome.Elapsed),8}");
    }

    private void Lines(string mark, string text)
    {
        var first = new string(' ', Indent + HostCells) + mark + " ";
        var next = new string(' ', Columns.Width(first));
        foreach (var line in Columns.Wrap(text, LineCells - next.Length))
        {
            output.WriteLine(first + line);
            first = next;
        }
    }

    private static string Value(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue plain when plain.TryGetValue<string>(out var text) => text,
        _ => value.ToJsonString(SampleJson.Readable),
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
