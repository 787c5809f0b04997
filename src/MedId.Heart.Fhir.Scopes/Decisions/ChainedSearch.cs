namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// The types that a search parameter looks into besides the searched one: chains (FHIR R4 search §3.1.1.5.2), reverse chains (<c>_has</c>), <c>_list</c> and <c>_filter</c>. What matches
/// tells about resources that do not come back, so the token needs search on them. Where the type stays open it is <c>*</c>.
/// </summary>
internal static class ChainedSearch
{
    private const int MaxDepth = 8;
    private const string Has = "_has:";

    public static void AddTypes(string type, string name, List<string> types) => AddTypes(type, name, types, 0);

    private static void AddTypes(string type, string name, List<string> types, int depth)
    {
        if (depth == MaxDepth)
        {
            types.Add("*");
        }
        else if (name.StartsWith(Has, StringComparison.Ordinal))
        {
            AddReverse(name[Has.Length..], types, depth);
        }
        else if (name is "_filter")
        {
            types.Add("*");
        }
        else if (name is "_list")
        {
            // Which resources a List names is what the List holds.
            types.Add("List");
        }
        else if (name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var point)
        {
            foreach (var target in Targets(type, name[..point]))
            {
                types.Add(target);
                AddTypes(target, name[(point + 1)..], types, depth + 1);
            }
        }
    }

    // _has:Type:reference:parameter, where the parameter may again be a chain.
    private static void AddReverse(string rest, List<string> types, int depth)
    {
        var parts = rest.Split(':', 3);
        if (parts.Length != 3 || FhirResourceTypes.Find(parts[0].AsSpan()) is not { } type)
        {
            types.Add("*");
            return;
        }

        types.Add(type.Name);
        AddTypes(type.Name, parts[2], types, depth + 1);
    }

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
