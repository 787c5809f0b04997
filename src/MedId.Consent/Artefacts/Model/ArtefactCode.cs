namespace MedId.Consent;

/// <summary>A code of a code system.</summary>
/// <param name="System">The system's URI; null where it is not said.</param>
/// <param name="Code">The code.</param>
public sealed record ArtefactCode(string? System, string Code);
