namespace MedId.Fido2;

/// <summary>One numbered step of WebAuthn L3 §7.1 or §7.2, for explanation.</summary>
/// <param name="Number">The number in the standard's list.</param>
/// <param name="Section">Standard, section and step.</param>
/// <param name="Name">What is checked, in our words.</param>
/// <param name="Outcome">What came of it.</param>
/// <param name="Code">The code of the refusal when it failed; else null.</param>
public sealed record CeremonyStep(int Number, string Section, string Name, StepOutcome Outcome, string? Code = null);
