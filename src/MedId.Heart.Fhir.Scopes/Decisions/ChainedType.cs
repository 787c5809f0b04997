namespace MedId.Heart.Fhir.Scopes;

/// <summary>A type that a chain looks into.</summary>
/// <param name="Name">The type, <c>*</c> where that is open.</param>
/// <param name="OfEverybody">Whether the chain came by way of a type that belongs to no patient, so that it looks into records of everybody.</param>
internal sealed record ChainedType(string Name, bool OfEverybody);
