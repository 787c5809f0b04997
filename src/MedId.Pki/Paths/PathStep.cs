namespace MedId.Pki;

/// <summary>One check of a validation, for explanation.</summary>
/// <param name="Section">Standard and section.</param>
/// <param name="Name">What was checked.</param>
/// <param name="Certificate">About which certificate of the path; 0 is the target. Null when it is about the path.</param>
/// <param name="Result">What came of it.</param>
public sealed record PathStep(string Section, string Name, int? Certificate, PathStepResult Result);
