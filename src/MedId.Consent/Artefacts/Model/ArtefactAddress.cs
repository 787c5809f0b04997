namespace MedId.Consent;

/// <summary>Where something is sent to or asked for.</summary>
/// <param name="Type">The kind of address: <c>URI</c>, <c>MAIL</c> and the like; null where the format has none.</param>
/// <param name="Value">The address.</param>
public sealed record ArtefactAddress(string? Type, string Value);
