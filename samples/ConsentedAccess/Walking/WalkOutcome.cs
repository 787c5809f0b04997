using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>How a scenario went.</summary>
internal sealed record WalkOutcome
{
    public required Scenario Scenario { get; init; }

    public required TimeSpan Elapsed { get; init; }

    /// <summary>Null when everything went as the scenario says.</summary>
    public WalkFailedException? Failure { get; init; }

    /// <summary>The last lines of the failing host's log.</summary>
    public IReadOnlyList<string> LogTail { get; init; } = [];

    /// <summary>What the doctor saw.</summary>
    public JsonNode? Seen { get; init; }

    /// <summary>The consent history as the phone got it.</summary>
    public JsonNode? History { get; init; }

    public IReadOnlyList<StepReport> Reports { get; init; } = [];

    public bool Ok => Failure is null;
}
