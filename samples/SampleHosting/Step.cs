using System.Text.Json.Nodes;

namespace MedId.Samples.Hosting;

/// <summary>A step of the walk that has begun. Not for several threads at once; reports once.</summary>
public sealed class Step
{
    private readonly StepReporter _reporter;
    private readonly int _number;
    private readonly string _name;
    private readonly long _started;
    private readonly JsonObject _sent = [];
    private readonly JsonArray _checked = [];
    private bool _written;

    internal Step(StepReporter reporter, int number, string name, long started)
    {
        _reporter = reporter;
        _number = number;
        _name = name;
        _started = started;
    }

    /// <summary>Shows something that went over the wire. Tokens, hints and secrets are named, not shown: give their size or kind.</summary>
    /// <param name="member">Its name on the wire.</param>
    /// <param name="value">A JSON value; a string converts by itself.</param>
    public Step Sent(string member, JsonNode? value)
    {
        _sent[member] = value;
        return this;
    }

    /// <summary>Says what was checked and found right.</summary>
    /// <param name="fact">In a few words: <c>aud is this OP</c>.</param>
    public Step Checked(string fact)
    {
        _checked.Add(fact);
        return this;
    }

    /// <summary>Reports the step as done.</summary>
    public void Done() => Write(null);

    /// <summary>Reports the step as refused.</summary>
    /// <param name="code">The refusal's code.</param>
    public void Refused(string code)
    {
        ArgumentException.ThrowIfNullOrEmpty(code);
        Write(code);
    }

    private void Write(string? code)
    {
        if (!_written)
        {
            _written = true;
            _reporter.Write(_number, _name, code, _sent, _checked, _reporter.MillisecondsSince(_started));
        }
    }
}
