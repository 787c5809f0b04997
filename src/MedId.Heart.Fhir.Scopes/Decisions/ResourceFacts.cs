namespace MedId.Heart.Fhir.Scopes;

/// <summary>A resource as a server's index knows it, for servers that decide without reading the JSON. Who makes it answers for it.</summary>
public sealed record ResourceFacts
{
    /// <summary>The resource type; an unknown one is refused.</summary>
    public required string ResourceType { get; init; }

    /// <summary>The id; null is not compared with the request.</summary>
    public string? Id { get; init; }

    /// <summary>The ids of the patients in whose records the resource is, by the R4 patient compartment; for Binary by its securityContext.</summary>
    public IReadOnlyList<string> Patients { get; init; } = [];

    /// <summary>The codes of its confidentiality labels.</summary>
    public IReadOnlyList<string> Confidentiality { get; init; } = [];

    /// <summary>The codes of its sensitivity labels.</summary>
    public IReadOnlyList<string> Sensitivity { get; init; } = [];

    /// <summary>The values of its token and reference search parameters: <c>system|code</c>, <c>code</c>, <c>Encounter/e1</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Parameters { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>The time that the resource is about; null hides it where a consent has a date range.</summary>
    public FhirInterval? When { get; init; }

    /// <summary>The type alone: facts are personal data.</summary>
    public override string ToString() => ResourceType;
}
