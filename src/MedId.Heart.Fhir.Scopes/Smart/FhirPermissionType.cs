namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whose records a resource scope opens (HEART §2.1, SMART App Launch).</summary>
public enum FhirPermissionType
{
    /// <summary>One patient's record: the patient named by the token.</summary>
    Patient,

    /// <summary>The records that the user of the token can reach.</summary>
    User,

    /// <summary>The records that the client itself can reach; SMART only, HEART has none.</summary>
    System,
}
