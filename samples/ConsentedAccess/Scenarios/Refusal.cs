namespace MedId.Samples.ConsentedAccess;

/// <summary>A refusal that a scenario wants to see: who, at which step, with which code.</summary>
/// <param name="Step">The step.</param>
/// <param name="Role">Who refuses.</param>
/// <param name="Code">The code.</param>
/// <param name="OrCode">The code that says the same when somebody else was faster; null when there is no race.</param>
internal sealed record Refusal(int Step, string Role, string Code, string? OrCode = null)
{
    public bool IsShownBy(StepReport report) => !report.Ok && report.Step == Step && report.Role == Role && (report.Code == Code || (OrCode is not null && report.Code == OrCode));
}
