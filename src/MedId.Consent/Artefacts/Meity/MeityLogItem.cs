namespace MedId.Consent;

/// <summary>Data that a log is about.</summary>
/// <param name="Id">The identifier, as the artefact has it.</param>
/// <param name="Description">In words.</param>
public sealed record MeityLogItem(string Id, string? Description);
