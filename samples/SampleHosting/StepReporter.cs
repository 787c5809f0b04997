using System.Text.Json.Nodes;

namespace MedId.Samples.Hosting;

/// <summary>Writes the steps of the walk as JSON lines to standard output, when the host was started with <c>--steps</c>. One instance a host; any thread.</summary>
public sealed class StepReporter
{
    private readonly string _host;
    private readonly TextWriter? _output;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();

    /// <summary>A reporter of one host.</summary>
    /// <param name="host">The host's name in the reports.</param>
    /// <param name="output">Where the lines go; null writes nothing.</param>
    /// <param name="time">Measures how long a step took.</param>
    public StepReporter(string host, TextWriter? output, TimeProvider time)
    {
        _host = host;
        _output = output;
        _time = time;
    }

    /// <summary>Begins a step; it is written by <see cref="Step.Done"/> or <see cref="Step.Refused"/>.</summary>
    /// <param name="number">The step's number in the walk; enrolment is 0.</param>
    /// <param name="name">What happens, in a few words.</param>
    public Step Begin(int number, string name) => new(this, number, name, _time.GetTimestamp());

    internal long MillisecondsSince(long started) => (long)_time.GetElapsedTime(started).TotalMilliseconds;

    internal void Write(int number, string name, string? code, JsonObject sent, JsonArray facts, long milliseconds)
    {
        if (_output is null)
        {
            return;
        }

        var line = new JsonObject
        {
            ["step"] = number,
            ["host"] = _host,
            ["name"] = name,
            ["ok"] = code is null,
            ["code"] = code,
            ["sent"] = sent,
            ["checked"] = facts,
            ["ms"] = milliseconds,
        };
        lock (_gate)
        {
            _output.WriteLine(SampleJson.ToText(line));
            _output.Flush();
        }
    }
}
