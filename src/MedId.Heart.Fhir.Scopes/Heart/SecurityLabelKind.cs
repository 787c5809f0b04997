namespace MedId.Heart.Fhir.Scopes;

/// <summary>Which scope uncovers a security label.</summary>
internal enum SecurityLabelKind
{
    /// <summary>None is needed: purposes, integrity, obligations.</summary>
    None,

    /// <summary><c>conf/</c>.</summary>
    Confidentiality,

    /// <summary><c>sens/</c>.</summary>
    Sensitivity,

    /// <summary>A code system that HEART does not speak about.</summary>
    Foreign,
}
