namespace MedId.Consent;

/// <summary>A single record (FHIR provision.data).</summary>
/// <param name="Meaning">instance, related, dependents or authoredby.</param>
/// <param name="Reference">The reference as written.</param>
public sealed record ArtefactDataReference(string Meaning, string Reference);
