namespace MedId.Heart.Fhir.Scopes;

/// <summary>The interactions that a resource scope opens: the letters of SMART App Launch 2.2, in their order <c>cruds</c>.</summary>
[Flags]
public enum FhirPermissions
{
    /// <summary>None; no well-formed scope has it.</summary>
    None = 0,

    /// <summary><c>c</c>: create.</summary>
    Create = 1,

    /// <summary><c>r</c>: read, vread and history of one resource.</summary>
    Read = 2,

    /// <summary><c>u</c>: update, also one that creates, and patch.</summary>
    Update = 4,

    /// <summary><c>d</c>: delete.</summary>
    Delete = 8,

    /// <summary><c>s</c>: search and history of a type or of the whole server.</summary>
    Search = 16,

    /// <summary><c>.read</c> of HEART and SMART v1.</summary>
    ReadSearch = Read | Search,

    /// <summary><c>.write</c> of HEART and SMART v1.</summary>
    Write = Create | Update | Delete,

    /// <summary><c>.*</c> of HEART and SMART v1, <c>.cruds</c>.</summary>
    All = ReadSearch | Write,
}
