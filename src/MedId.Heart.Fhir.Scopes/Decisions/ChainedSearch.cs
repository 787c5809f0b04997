namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// The types that a search parameter looks into besides the searched one: chains (FHIR R4 search §3.1.1.5.2), reverse chains (<c>_has</c>), <c>_list</c> and <c>_filter</c>. What matches
/// tells about resources that do not come back, so the token needs search on them. Where the type stays open it is <c>*</c>.
/// </summary>
internal static class ChainedSearch
{
    private const int MaxDepth = 8;
    private const string Has = "_has:";

    /// <param name="type">The searched type; <c>*</c> where that is open.</param>
    /// <param name="name">The parameter's name.</param>
    /// <param name="types">Takes the types.</param>
    public static void AddTypes(string type, string name, List<ChainedType> types) => AddTypes(type, name, types, 0, ofEverybody: false);

    private static void AddTypes(string type, string name, List<ChainedType> types, int depth, bool ofEverybody)
    {
        if (depth == MaxDepth)
        {
            types.Add(new("*", ofEverybody));
        }
        else if (name.StartsWith(Has, StringComparison.Ordinal))
        {
            AddReverse(name[Has.Length..], types, depth, ofEverybody);
        }
        else if (name is "_filter")
        {
            types.Add(new("*", ofEverybody));
        }
        else if (name is "_list")
        {
            // Which resources a List names is what the List holds.
            types.Add(new("List", ofEverybody));
        }
        else if (name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            foreach (var target in Targets(type, name[..point]))
            {
                types.Add(new(target, ofEverybody));
                AddTypes(target, name[(point + 1)..], types, depth + 1, ofEverybody || IsOfNobody(target));
            }
        }
    }

    // _has:Type:reference:parameter, where the parameter may again be a chain.
    private static void AddReverse(string rest, List<ChainedType> types, int depth, bool ofEverybody)
    {
        var parts = rest.Split(':', 3);
        if (parts.Length != 3 || FhirResourceTypes.Find(parts[0].AsSpan()) is not { } type)
        {
            types.Add(new("*", ofEverybody));
            return;
        }

        types.Add(new(type.Name, ofEverybody));
        AddTypes(type.Name, parts[2], types, depth + 1, ofEverybody || IsOfNobody(type.Name));
    }

    /// <summary>From a doctor or a place a chain goes on into everybody's records, whoever's record it came from.</summary>
    private static bool IsOfNobody(string type) => FhirResourceTypes.Find(type.AsSpan()) is not { IsInPatientCompartment: true };

    private static string[] Targets(string type, string reference)
    {
        var colon = reference.IndexOf(':', StringComparison.Ordinal);
        if (colon >= 0)
        {
            return FhirResourceTypes.Find(reference.AsSpan(colon + 1)) is { } named ? [named.Name] : ["*"];
        }

        return SearchParameters.Find(type, reference) is { IsReference: true, Targets: [_, ..] targets } ? targets : ["*"];
    }
}
