namespace MedId.Heart.Fhir.Scopes;

/// <summary>The time that a resource is about. An open side is null.</summary>
/// <param name="Start">The first instant.</param>
/// <param name="End">The instant after the last one.</param>
public readonly record struct FhirInterval(DateTimeOffset? Start, DateTimeOffset? End);
