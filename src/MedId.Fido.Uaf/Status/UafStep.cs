namespace MedId.Fido.Uaf;

/// <summary>One check of a verification, for explanation.</summary>
/// <param name="Number">Its number in the package's list of checks; checks that are the host's duty have numbers too and do not appear.</param>
/// <param name="Name">Its name.</param>
/// <param name="Section">Standard and section.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Code">The code of the refusal when it failed.</param>
public sealed record UafStep(int Number, string Name, string Section, UafStepOutcome Outcome, string? Code = null);
