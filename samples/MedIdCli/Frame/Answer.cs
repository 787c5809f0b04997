using System.Text.Json;
using MedId.Core;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Frame;

/// <summary>What a verb answers: the members that all answers have, and those of the verb.</summary>
internal sealed record Answer
{
    public required VerificationOutcome Outcome { get; init; }

    public MedIdError? Error { get; init; }

    /// <summary>Whether an exception of the algorithm policy was needed.</summary>
    public bool IsWeak { get; init; }

    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Writes the verb's own members.</summary>
    public Action<Utf8JsonWriter> Members { get; init; } = static _ => { };

    public static Answer Refused(MedIdError error, Action<Utf8JsonWriter>? members = null) =>
        new() { Outcome = VerificationOutcome.Refused, Error = error, Members = members ?? (static _ => { }) };

    public static string Name(VerificationOutcome outcome) => outcome switch
    {
        VerificationOutcome.Accepted => "accepted",
        VerificationOutcome.Refused => "refused",
        _ => "undetermined",
    };

    /// <summary>One step of a standard's procedure.</summary>
    internal sealed record Step(string Section, string Name, string Result, int? Certificate = null)
    {
        public static Step Of(PathStep step) => new(step.Section, step.Name, JsonNamingPolicy.CamelCase.ConvertName(step.Result.ToString()), step.Certificate);

        public static Step Of(VerificationStep step) => new(step.Section, step.Name, step.Result switch
        {
            VerificationOutcome.Accepted => "passed",
            VerificationOutcome.Refused => "failed",
            _ => "undetermined",
        });
    }
}
