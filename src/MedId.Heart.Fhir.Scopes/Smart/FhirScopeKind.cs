namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a scope token speaks about.</summary>
public enum FhirScopeKind
{
    /// <summary>Nothing of FHIR: <c>openid</c>, <c>launch/patient</c>, <c>offline_access</c>, a URI. Kept for others, grants no resource.</summary>
    Other,

    /// <summary>Access to resources: <c>patient/Observation.read</c>, <c>user/*.cruds</c>.</summary>
    Resource,

    /// <summary>HEART §3: resources of this confidentiality are not hidden.</summary>
    Confidentiality,

    /// <summary>HEART §3: resources of this sensitivity are not hidden.</summary>
    Sensitivity,

    /// <summary>HEART §4: label filters are lifted where the server accepts it.</summary>
    BreakTheGlass,
}
