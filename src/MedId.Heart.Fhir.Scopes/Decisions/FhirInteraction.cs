namespace MedId.Heart.Fhir.Scopes;

/// <summary>The interactions of the FHIR R4 RESTful API (http.html), as far as scopes tell them apart.</summary>
public enum FhirInteraction
{
    /// <summary><c>metadata</c> and the SMART configuration: open to everybody.</summary>
    Capabilities,

    /// <summary><c>GET T/id</c>.</summary>
    Read,

    /// <summary><c>GET T/id/_history/vid</c>.</summary>
    VersionRead,

    /// <summary><c>GET T/id/_history</c>: each version that comes back is decided by itself.</summary>
    InstanceHistory,

    /// <summary><c>GET T/_history</c>.</summary>
    TypeHistory,

    /// <summary><c>GET /_history</c>.</summary>
    SystemHistory,

    /// <summary><c>GET T</c>, <c>POST T/_search</c>, and the search of a compartment for one type.</summary>
    TypeSearch,

    /// <summary><c>GET /?…</c>, <c>POST /_search</c>, and the search of a compartment for every type.</summary>
    SystemSearch,

    /// <summary><c>POST T</c>.</summary>
    Create,

    /// <summary><c>PUT T/id</c>, also where it creates.</summary>
    Update,

    /// <summary><c>PATCH T/id</c>.</summary>
    Patch,

    /// <summary><c>DELETE T/id</c>.</summary>
    Delete,

    /// <summary><c>POST /</c>: no scope of its own, each entry is decided by itself.</summary>
    Bundle,

    /// <summary><c>$operation</c> on the server, a type or a resource, or a named query.</summary>
    Operation,
}
