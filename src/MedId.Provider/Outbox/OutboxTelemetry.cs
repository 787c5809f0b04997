using System.Diagnostics.Metrics;

namespace MedId.Provider;

/// <summary>Names of what the outbox measures. Tags are kinds, outcomes and codes: few values, nothing of a person.</summary>
public static class OutboxTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string MeterName = "MedId.Provider.Outbox";

    /// <summary>Counts attempts; tags <see cref="KindTag"/> and <see cref="OutcomeTag"/>, and <see cref="CodeTag"/> where one was given up.</summary>
    public const string Attempts = "medid.outbox.attempts";

    /// <summary>One of <see cref="OutboxKinds"/>, or an integrator's own.</summary>
    public const string KindTag = "kind";

    /// <summary><c>done</c>, <c>again</c> or <c>given_up</c>.</summary>
    public const string OutcomeTag = "outcome";

    /// <summary>The code with which a message was given up.</summary>
    public const string CodeTag = "error.code";

    private static readonly Counter<long> Counter = new Meter(MeterName).CreateCounter<long>(Attempts, "{attempt}");

    internal static void Count(string kind, string outcome, string? code = null)
    {
        if (Counter.Enabled)
        {
            Counter.Add(1, new(KindTag, kind), new(OutcomeTag, outcome), new(CodeTag, code));
        }
    }
}
