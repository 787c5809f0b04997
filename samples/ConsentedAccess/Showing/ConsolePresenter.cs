using System.Globalization;
using System.Text.Json.Nodes;
using MedId.Samples.Hosting;

namespace MedId.Samples.ConsentedAccess;

/// <summary>Tells a walk to a person: each report as it comes, then what the doctor sees, the consent's history, and the time of each step.</summary>
internal sealed class ConsolePresenter(TextWriter output, Texts texts, bool brief) : IPresenter
{
    private const int HostCells = 17;
    private const int LineCells = 118;
    private const int TitleCells = 42;
    private const int Indent = 5;
    private readonly ReadingOrder _order = new();
    private readonly HashSet<(string Role, string Name)> _told = [];
    private int _step = -2;

    public void Begin(Scenario scenario)
    {
        _step = -2;
        _told.Clear();
        if (!brief)
        {
            output.WriteLine($"{scenario.Name}: {scenario.Text(texts.Language)}");
            output.WriteLine();
            output.WriteLine(texts["servers"]);
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
        if (!brief)
        {
            _order.Add(report);
            Write(_order.TakeReady());
        }
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
            Write(_order.TakeAll());
            output.WriteLine();
            RecordView.Write(output, texts, outcome.Seen);
            HistoryView.Write(output, texts, outcome.History);
            Times(outcome);
            output.WriteLine();
            output.WriteLine(!outcome.Ok ? texts["not-verified"] : outcome.Scenario.Refusals.Count > 0 ? texts["refused"] : texts["verified"]);
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

    private void Write(IEnumerable<StepReport> reports)
    {
        foreach (var report in reports)
        {
            Write(report);
        }

        output.Flush();
    }

    private void Write(StepReport report)
    {
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

        // What was checked is told in full once: the second and third read check the same again.
        if (_told.Add((report.Role, report.Name)))
        {
            foreach (var fact in report.Checked)
            {
                Lines("✓", texts.Said(fact));
            }
        }
    }

    private void Times(WalkOutcome outcome)
    {
        output.WriteLine(texts["times"]);
        foreach (var step in outcome.Reports.GroupBy(report => report.Step).OrderBy(group => group.Key))
        {
            var hosts = step.GroupBy(report => report.Role).Select(host => $"{texts.Host(host.Key)} {host.Sum(report => report.Milliseconds)} ms");
            output.WriteLine($"  [{step.Key,2}] {Columns.Pad(texts["short." + step.Key], TitleCells)}{texts["at"]} {Seconds(step.Max(report => report.At)),8}   {string.Join(", ", hosts)}");
        }

        output.WriteLine($"       {Columns.Pad(texts["whole"], TitleCells + Columns.Width(texts["at"]) - 1)} {Seconds(outcome.Elapsed),8}");
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

    private string Value(JsonNode? value) => value switch
    {
        null => "null",
        JsonValue plain when plain.TryGetValue<string>(out var text) => texts.Said(text),
        _ => value.ToJsonString(SampleJson.Readable),
    };

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) + " s";
}
