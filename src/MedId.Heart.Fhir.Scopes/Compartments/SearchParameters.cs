using System.Collections.Frozen;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The search parameters that a scope constraint may name, and where chains lead.</summary>
internal static class SearchParameters
{
    private static readonly FrozenDictionary<string, SearchParameter> Common = new Dictionary<string, SearchParameter>(StringComparer.Ordinal)
    {
        ["_id"] = new(IsReference: false, [new ElementPath("id")], []),
        ["_tag"] = new(IsReference: false, [new ElementPath("meta.tag")], []),
        ["_security"] = new(IsReference: false, [new ElementPath("meta.security")], []),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<(string Type, string Name), SearchParameter> ByType = Load();

    private static readonly FrozenSet<string> Names = ByType.Keys.Select(key => key.Name).Concat(Common.Keys).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> References = ByType.Where(pair => pair.Value.IsReference).Select(pair => pair.Key.Name).ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, PatientMention[]> Mentions = ByType
        .Where(pair => pair.Value.IsReference && pair.Value.Targets.Any(target => target is "Patient" or "*") && FhirResourceTypes.Find(pair.Key.Type.AsSpan()) is { IsInPatientCompartment: false })
        .GroupBy(pair => pair.Key.Type, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => MentionsOf(group.Select(pair => pair.Value)), StringComparer.Ordinal);

    public static SearchParameter? Find(string type, string name) =>
        Common.TryGetValue(name, out var common) ? common : ByType.TryGetValue((type, name), out var own) ? own : null;

    /// <summary>Whether a constraint on it can be enforced. A reference has to name type and id: a bare id would mean whatever the server takes it for.</summary>
    public static bool CanConstrain(string type, string name, IReadOnlyList<string> values)
    {
        if (type is "*")
        {
            // On every type: a name that is a reference on any of them takes references only.
            return Names.Contains(name) && (!References.Contains(name) || values.All(IsTypedReference));
        }

        return Find(type, name) is { } parameter && (!parameter.IsReference || values.All(IsTypedReference));
    }

    /// <summary>Where a resource of a type outside the patient compartment may speak about a patient all the same: <c>Contract.subject</c>, <c>Device.patient</c>.</summary>
    public static PatientMention[] PatientMentions(string type) => Mentions.GetValueOrDefault(type, []);

    private static PatientMention[] MentionsOf(IEnumerable<SearchParameter> parameters) => [.. parameters
        .SelectMany(parameter => parameter.Paths.Select(path => (Path: path, parameter.Targets))).GroupBy(pair => pair.Path)
        .Select(group => new PatientMention(group.Key, group.All(pair => pair.Targets is ["Patient"])))];

    private static bool IsTypedReference(string value)
    {
        if (value.AsSpan().ContainsAny('|', '\\'))
        {
            return false;
        }

        var slash = value.LastIndexOf('/');
        var before = slash <= 0 ? "" : value[..slash];
        return FhirId.IsValid(value.AsSpan(slash + 1)) && FhirResourceTypes.Find(before.AsSpan(before.LastIndexOf('/') + 1)) is not null;
    }

    private static FrozenDictionary<(string Type, string Name), SearchParameter> Load()
    {
        var parameters = new Dictionary<(string Type, string Name), SearchParameter>();
        var paths = new Dictionary<string, ElementPath>(StringComparer.Ordinal);
        var type = "";
        foreach (var line in EmbeddedTable.Lines("search-parameters-r4.txt"))
        {
            if (line[0] != ' ')
            {
                type = FhirResourceTypes.Find(line.AsSpan(0, line.Length - 1))!.Name;
                continue;
            }

            // parameter kind path,path [target,target]
            var words = line.TrimStart().Split(' ');
            parameters.Add(
                (type, words[0]),
                new(words[1] is "reference", Array.ConvertAll(words[2].Split(','), path => Shared(paths, path)), words.Length > 3 ? words[3].Split(',') : []));
        }

        return parameters.ToFrozenDictionary();
    }

    private static ElementPath Shared(Dictionary<string, ElementPath> paths, string path)
    {
        if (!paths.TryGetValue(path, out var known))
        {
            known = new ElementPath(path);
            paths.Add(path, known);
        }

        return known;
    }
}
