namespace MedId.Heart.Fhir.Scopes;

/// <summary>What one scope lets a search bring: resources in these records that meet these constraints. A resource has to fit one clause; clauses are alternatives.</summary>
public sealed class SearchClause
{
    private readonly bool _withLinks;

    internal SearchClause(FhirScope scope, string resourceType, IReadOnlyList<string>? patients, bool withLinks)
    {
        Scope = scope;
        ResourceType = resourceType;
        Patients = patients;
        _withLinks = withLinks;
    }

    /// <summary>The scope.</summary>
    public FhirScope Scope { get; }

    /// <summary>The type; <c>*</c> for every type.</summary>
    public string ResourceType { get; }

    /// <summary>The patients whose records are open; null where the clause itself does not limit them.</summary>
    public IReadOnlyList<string>? Patients { get; }

    /// <summary>What a resource has to meet besides.</summary>
    public IReadOnlyList<ScopeConstraint> Constraints => Scope.Constraints;

    /// <summary>The clause as FHIR searches that together bring it: <c>Patient/p1/Observation?category=…</c>.</summary>
    public IReadOnlyList<string> ToSearches()
    {
        var constraints = string.Join('&', Constraints.Select(constraint => constraint.ToQuery()));
        if (Patients is null)
        {
            return [Join(ResourceType is "*" ? "" : ResourceType, "", constraints)];
        }

        if (ResourceType is not "Patient")
        {
            return [.. Patients.Select(patient => Join($"Patient/{patient}/{ResourceType}", "", constraints))];
        }

        // A Patient has no compartment search of its own: it is the record, or links to it.
        var searches = Patients.Select(patient => Join("Patient", "_id=" + patient, constraints));
        return [.. _withLinks ? searches.Concat(Patients.Select(patient => Join("Patient", "link=Patient/" + patient, constraints))) : searches];
    }

    private static string Join(string path, string own, string constraints)
    {
        var query = own.Length != 0 && constraints.Length != 0 ? own + "&" + constraints : own + constraints;
        return query.Length == 0 ? path : path + "?" + query;
    }
}
