namespace MedId.Provider;

/// <summary>A coded value of the evidence (IHE ITI IUA): role or purpose of use.</summary>
/// <param name="System">Code system URI.</param>
/// <param name="Code">Code.</param>
/// <param name="Display">In words.</param>
public sealed record CodedValue(string System, string Code, string Display);
