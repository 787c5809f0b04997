using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The parameters of a request, and the types that they look into.</summary>
internal sealed class SearchQuery
{
    private const int MaxParameters = 256;

    private readonly List<FhirSearchParameter> _parameters = [];

    private SearchQuery()
    {
    }

    /// <summary>Whether nothing is asked but how the answer is written.</summary>
    public bool IsAboutTheAnswer => _parameters.TrueForAll(parameter => parameter.Name is "_format" or "_pretty" or "_summary" or "_elements");

    /// <summary>Whether a parameter says which resources are meant, not only how they come back.</summary>
    public bool HasCriteria => _parameters.Exists(parameter => IsCriterion(parameter.Name) && parameter.Value.Length != 0);

    public static MedIdResult<SearchQuery> Read(string query, string? form, string? ifNoneExist)
    {
        var read = new SearchQuery();
        foreach (var text in new[] { query, form, ifNoneExist?.TrimStart('?') })
        {
            if (text is { Length: > 0 } && read.Add(text) is { } error)
            {
                return error;
            }
        }

        return read;
    }

    public MedIdResult<FhirRequest> Request(
        FhirInteraction interaction,
        FhirResourceType? type,
        string? id,
        string? version = null,
        bool isConditional = false,
        string? operation = null,
        (string Type, string Id)? compartment = null)
    {
        var searches = isConditional || interaction is FhirInteraction.TypeSearch or FhirInteraction.SystemSearch;
        if (searches && _parameters.Exists(parameter => IsNamed(parameter, "_query")))
        {
            interaction = FhirInteraction.Operation;
            operation = "_query";
        }

        // A contained resource that comes back by itself has lost the labels and the patient of what contains it.
        if (_parameters.Exists(parameter => IsNamed(parameter, "_containedType") && parameter.Value is not "container"))
        {
            return FhirRequestReader.Malformed;
        }

        var searched = new List<string>();
        var chained = new List<ChainedType>();
        foreach (var parameter in _parameters)
        {
            if (interaction == FhirInteraction.SystemSearch && IsNamed(parameter, "_type"))
            {
                if (!AddTypes(parameter.Value, searched))
                {
                    return FhirRequestReader.Malformed;
                }
            }
            else if (searches)
            {
                ChainedSearch.AddTypes(type?.Name ?? "*", parameter.Name, chained);
            }
        }

        return new FhirRequest(interaction, type, id)
        {
            VersionId = version,
            IsConditional = isConditional,
            OperationName = operation,
            CompartmentType = compartment?.Type,
            CompartmentId = compartment?.Id,
            Parameters = _parameters.AsReadOnly(),
            SearchedTypes = searched.AsReadOnly(),
            Chained = [.. chained.Distinct()],
        };
    }

    private static bool AddTypes(string names, List<string> types)
    {
        foreach (var name in names.Split(','))
        {
            if (FhirResourceTypes.Find(name.AsSpan()) is not { } type)
            {
                return false;
            }

            types.Add(type.Name);
        }

        return true;
    }

    private static bool IsNamed(FhirSearchParameter parameter, string name) => string.Equals(parameter.Name, name, StringComparison.Ordinal);

    // Of the names with an underscore only these say which resources are meant; one that is not known is not taken for a criterion, or a delete could mean every resource.
    private static bool IsCriterion(string name) =>
        name[0] != '_' || name.Split(':', '.')[0] is "_id" or "_lastUpdated" or "_tag" or "_profile" or "_security" or "_source" or "_text" or "_content" or "_list" or "_has" or "_filter";

    private MedIdError? Add(string query)
    {
        foreach (var part in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            if (_parameters.Count == MaxParameters)
            {
                return FhirRequestReader.TooMuch;
            }

            var equals = part.IndexOf('=', StringComparison.Ordinal);
            var rawName = equals < 0 ? part : part[..equals];
            var rawValue = equals < 0 ? "" : part[(equals + 1)..];
            if (!PercentText.TryDecode(rawName, plusIsSpace: true, out var name) || !PercentText.TryDecode(rawValue, plusIsSpace: true, out var value) || name.Length == 0)
            {
                return FhirRequestReader.Malformed;
            }

            _parameters.Add(new(name, value));
        }

        return null;
    }
}
