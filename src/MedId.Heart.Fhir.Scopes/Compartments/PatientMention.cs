namespace MedId.Heart.Fhir.Scopes;

/// <summary>Where a resource of a type outside the patient compartment may speak about a patient.</summary>
/// <param name="Path">The element.</param>
/// <param name="IsOnlyPatient">Whether nothing but a Patient may stand there, so that anything else is somebody who cannot be told.</param>
internal sealed record PatientMention(ElementPath Path, bool IsOnlyPatient);
