using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Maps a request line to an interaction (FHIR R4 http.html, summary of interactions). What is not in that table is refused.</summary>
internal static class FhirRequestReader
{
    private const int MaxUrl = 32768;
    private const string Section = "FHIR R4 RESTful API";

    public static readonly MedIdError Malformed = new(ScopesErrorCodes.RequestMalformed, ErrorCategory.Malformed, Section);
    public static readonly MedIdError TooMuch = new(ScopesErrorCodes.LimitExceeded, ErrorCategory.Unsupported, Section);
    private static readonly MedIdError UnknownType = new(ScopesErrorCodes.TypeUnknown, ErrorCategory.Unsupported, Section);

    private static readonly string[] Compartments = ["Device", "Encounter", "Patient", "Practitioner", "RelatedPerson"];

    public static MedIdResult<FhirRequest> Read(string method, string pathAndQuery, string? form, string? ifNoneExist)
    {
        if (pathAndQuery.Length > MaxUrl || form?.Length > MaxUrl || ifNoneExist?.Length > MaxUrl)
        {
            return TooMuch;
        }

        if (pathAndQuery.Contains('#', StringComparison.Ordinal))
        {
            return Malformed;
        }

        var question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        var path = ReadPath(question < 0 ? pathAndQuery : pathAndQuery[..question]);
        if (path is null)
        {
            return Malformed;
        }

        var isSearchForm = method is "POST" && path.Length != 0 && path[^1] is "_search";
        if (form is not null && !isSearchForm)
        {
            return Malformed;
        }

        var query = SearchQuery.Read(question < 0 ? "" : pathAndQuery[(question + 1)..], form, ifNoneExist);
        if (!query.Succeeded)
        {
            return query.Error;
        }

        var shape = method switch
        {
            "GET" or "HEAD" => ReadGet(path, query.Value),
            "POST" => ReadPost(isSearchForm ? path[..^1] : path, isSearchForm, ifNoneExist is not null, query.Value),
            "PUT" => ReadWrite(FhirInteraction.Update, path, query.Value),
            "PATCH" => ReadWrite(FhirInteraction.Patch, path, query.Value),
            "DELETE" => ReadWrite(FhirInteraction.Delete, path, query.Value),
            _ => Malformed,
        };
        return shape.Succeeded && ifNoneExist is not null && shape.Value.Interaction != FhirInteraction.Create ? Malformed : shape;
    }

    private static MedIdResult<FhirRequest> ReadGet(string[] path, SearchQuery query)
    {
        if (path is ["metadata"] or [".well-known", "smart-configuration"])
        {
            return new FhirRequest(FhirInteraction.Capabilities, null, null);
        }

        return path switch
        {
            [] => Search(null, query),
            ["_history"] => query.Request(FhirInteraction.SystemHistory, null, null),
            [.., ['$', ..]] => Operation(path, query),
            _ => FhirResourceTypes.Find(path[0].AsSpan()) is not { } type ? NoType(path[0]) : path switch
            {
                [_] => Search(type, query),
                [_, "_history"] => query.Request(FhirInteraction.TypeHistory, type, null),
                [_, var id] when FhirId.IsValid(id) => query.Request(FhirInteraction.Read, type, id),
                [_, var id, "_history"] when FhirId.IsValid(id) => query.Request(FhirInteraction.InstanceHistory, type, id),
                [_, var id, "_history", var version] when FhirId.IsValid(id) && FhirId.IsValid(version) => query.Request(FhirInteraction.VersionRead, type, id, version),
                [_, var id, var searched] when FhirId.IsValid(id) => CompartmentSearch(type, id, searched, query),
                _ => Malformed,
            },
        };
    }

    private static MedIdResult<FhirRequest> ReadPost(string[] path, bool isSearch, bool isConditional, SearchQuery query)
    {
        if (path is [])
        {
            // How the answer is written may stand behind a bundle; what is searched may not.
            return isSearch ? Search(null, query) : query.IsAboutTheAnswer ? new FhirRequest(FhirInteraction.Bundle, null, null) : Malformed;
        }

        if (path is [.., ['$', ..]])
        {
            return isSearch ? Malformed : Operation(path, query);
        }

        if (FhirResourceTypes.Find(path[0].AsSpan()) is not { } type)
        {
            return NoType(path[0]);
        }

        return path switch
        {
            [_] when isSearch => Search(type, query),
            [_] when isConditional && !query.HasCriteria => Malformed,
            [_] => query.Request(FhirInteraction.Create, type, null, isConditional: isConditional),
            [_, var id, var searched] when isSearch && FhirId.IsValid(id) => CompartmentSearch(type, id, searched, query),
            _ => Malformed,
        };
    }

    private static MedIdResult<FhirRequest> ReadWrite(FhirInteraction interaction, string[] path, SearchQuery query)
    {
        if (path is [] || FhirResourceTypes.Find(path[0].AsSpan()) is not { } type)
        {
            return path is [] ? Malformed : NoType(path[0]);
        }

        return path switch
        {
            [_, var id] when FhirId.IsValid(id) => query.Request(interaction, type, id),

            // Without an id the search names the resource; without a search it would name every one.
            [_] when query.HasCriteria => query.Request(interaction, type, null, isConditional: true),
            _ => Malformed,
        };
    }

    private static MedIdResult<FhirRequest> Search(FhirResourceType? type, SearchQuery query) =>
        query.Request(type is null ? FhirInteraction.SystemSearch : FhirInteraction.TypeSearch, type, null);

    private static MedIdResult<FhirRequest> CompartmentSearch(FhirResourceType owner, string id, string searched, SearchQuery query)
    {
        if (!Compartments.Contains(owner.Name, StringComparer.Ordinal))
        {
            return Malformed;
        }

        var type = searched is "*" ? null : FhirResourceTypes.Find(searched.AsSpan());
        return type is null && searched is not "*"
            ? NoType(searched)
            : query.Request(type is null ? FhirInteraction.SystemSearch : FhirInteraction.TypeSearch, type, null, compartment: (owner.Name, id));
    }

    private static MedIdResult<FhirRequest> Operation(string[] path, SearchQuery query)
    {
        var name = path[^1];
        if (name.Length < 2 || !name.Skip(1).All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
        {
            return Malformed;
        }

        var type = path.Length == 1 ? null : FhirResourceTypes.Find(path[0].AsSpan());
        if (path.Length > 1 && type is null)
        {
            return NoType(path[0]);
        }

        return path.Length <= 2 || (path.Length == 3 && FhirId.IsValid(path[1]))
            ? query.Request(FhirInteraction.Operation, type, path.Length == 3 ? path[1] : null, operation: name)
            : Malformed;
    }

    private static MedIdError NoType(string segment) => char.IsAsciiLetterUpper(segment[0]) && segment.All(char.IsAsciiLetter) ? UnknownType : Malformed;

    /// <summary>Decoded segments; null where a segment is empty or does not decode. One slash before and one behind are taken for none.</summary>
    private static string[]? ReadPath(string path)
    {
        var trimmed = path.AsSpan();
        trimmed = trimmed.StartsWith('/') ? trimmed[1..] : trimmed;
        trimmed = trimmed.EndsWith('/') ? trimmed[..^1] : trimmed;
        if (trimmed.IsEmpty)
        {
            return path.Length <= 1 ? [] : null;
        }

        var segments = trimmed.ToString().Split('/');
        for (var index = 0; index < segments.Length; index++)
        {
            if (segments[index].Length == 0 || !PercentText.TryDecode(segments[index], plusIsSpace: false, out var decoded))
            {
                return null;
            }

            segments[index] = decoded;
        }

        return segments;
    }
}
