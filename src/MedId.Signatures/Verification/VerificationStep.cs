using MedId.Core;

namespace MedId.Signatures;

/// <summary>One check of a verification, in the order in which they were made.</summary>
/// <param name="Section">Standard and section that ask for it.</param>
/// <param name="Name">What was checked, in a few words.</param>
/// <param name="Result">How it ended.</param>
public sealed record VerificationStep(string Section, string Name, VerificationOutcome Result);
