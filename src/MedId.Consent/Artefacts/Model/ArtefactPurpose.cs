namespace MedId.Consent;

/// <summary>Why data is read. At least one of <see cref="Code"/> and <see cref="Text"/> is there.</summary>
/// <param name="System">The code system: HL7 v3 ActReason, the set of a regulator.</param>
/// <param name="Code">The code, e.g. <c>TREAT</c>.</param>
/// <param name="Text">In words.</param>
public sealed record ArtefactPurpose(string? System, string? Code, string? Text = null);
