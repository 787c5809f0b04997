using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary>What the verification verbs of UAF answer alike.</summary>
internal static class UafAnswer
{
    public static Answer Make(UafInput input, MedIdError? error, int status, UafRisks risks, List<UafStep> steps, Action<Utf8JsonWriter> members) => new()
    {
        // A model that is not known is undetermined where a statement could not be read: it may be that one.
        Outcome = error is null ? VerificationOutcome.Accepted
            : error.Code == UafErrorCodes.AaidUnknown && input.Unread is not null ? VerificationOutcome.Undetermined
            : VerificationOutcome.Refused,
        Error = error is { Code: UafErrorCodes.AaidUnknown } ? input.Unread ?? error : error,
        IsWeak = (risks & UafRisks.WeakAlgorithm) != UafRisks.None,
        Steps = input.Common.Explain ? [.. steps.Select(Step)] : [],
        Members = writer =>
        {
            writer.WriteNumber("status", status);
            members(writer);
        },
    };

    /// <summary>What the server sent, as it stands in the request.</summary>
    public static T? Sent<T>(IReadOnlyList<T> entries, Func<T, OperationHeader> header, OperationHeader? answered)
        where T : class => entries.FirstOrDefault(entry => header(entry).Version == answered?.Version) ?? (entries.Count > 0 ? entries[0] : null);

    public static void Verdict(Utf8JsonWriter writer, Aaid? aaid, UafKeyId? keyId, MedIdError? error)
    {
        writer.WriteString("aaid", aaid?.ToString());
        writer.WriteString("keyId", keyId?.Value);
        writer.WriteString("outcome", error is null ? "accepted" : "refused");
        writer.WriteString("code", error?.Code);
    }

    public static void Used(Utf8JsonWriter writer, UafLeniencies used) => writer.WriteTexts("lenienciesUsed", UafInput.Names(used));

    private static Answer.Step Step(UafStep step) => new(step.Section, $"{step.Number} {step.Name}", step.Outcome switch
    {
        UafStepOutcome.Passed => "passed",
        UafStepOutcome.Failed => "failed",
        _ => "notApplicable",
    });
}
