namespace MedId.Heart.Fhir.Scopes;

/// <summary>A token or reference search parameter of a type.</summary>
/// <param name="IsReference">Reference; otherwise token.</param>
/// <param name="Paths">Where its values stand.</param>
/// <param name="Targets">The types that a reference may point to; <c>*</c> for any; empty for tokens.</param>
internal sealed record SearchParameter(bool IsReference, ElementPath[] Paths, string[] Targets);
