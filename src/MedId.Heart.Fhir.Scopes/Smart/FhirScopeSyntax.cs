namespace MedId.Heart.Fhir.Scopes;

/// <summary>How the access part of a resource scope is written.</summary>
public enum FhirScopeSyntax
{
    /// <summary><c>.read</c>, <c>.write</c>, <c>.*</c>: HEART and SMART v1.</summary>
    ReadWrite,

    /// <summary><c>.cruds</c> with optional constraints: SMART v2.</summary>
    Cruds,
}
