namespace MedId.Consent;

/// <summary>A query that narrows data at the provider.</summary>
/// <param name="Type">What is compared; null where <see cref="Value"/> is a whole query (MeitY Data-filter).</param>
/// <param name="Operator">How; null with a whole query.</param>
/// <param name="Value">The value, or the whole query.</param>
public sealed record ArtefactFilter(string? Type, string? Operator, string Value);
