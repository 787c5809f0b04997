using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>One entry of a batch or transaction.</summary>
public sealed class FhirBundleEntry
{
    private FhirBundleEntry(FhirRequest? request, MedIdError? error, ResourceImage resource, string? fullUrl)
    {
        Request = request;
        Error = error;
        Resource = resource;
        FullUrl = fullUrl;
    }

    /// <summary>The request; null when it cannot be read.</summary>
    public FhirRequest? Request { get; }

    /// <summary>Why the request cannot be read; null otherwise.</summary>
    public MedIdError? Error { get; }

    /// <summary>Whether the request could be read.</summary>
    [MemberNotNullWhen(true, nameof(Request))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsReadable => Error is null;

    /// <summary>The resource of the entry: the state after a create or update. Of a patch it is the patch, not the result.</summary>
    public ResourceImage Resource { get; }

    /// <summary>The name by which other entries of the bundle refer to this one; null when it has none.</summary>
    public string? FullUrl { get; }

    /// <summary>The entry of a Binary with the resource that its <c>securityContext</c> names.</summary>
    /// <param name="securityContext">The resource; compared with the reference.</param>
    public FhirBundleEntry WithSecurityContext(ResourceImage securityContext) => new(Request, Error, Resource.WithSecurityContext(securityContext), FullUrl);

    internal FhirBundleEntry With(JsonElement resource) => new(Request, Error, resource, FullUrl);

    internal static FhirBundleEntry Read(JsonElement entry)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            return new(null, FhirRequestReader.Malformed, default, null);
        }

        var resource = entry.TryGetProperty("resource"u8, out var json) ? (ResourceImage)json : default;
        var fullUrl = Utf8Json.TryGetString(entry, "fullUrl"u8, out var name) ? Encoding.UTF8.GetString(name) : null;
        var read = ReadRequest(entry);
        return new(read.Value, read.Error, resource, fullUrl);
    }

    private static MedIdResult<FhirRequest> ReadRequest(JsonElement entry)
    {
        if (!entry.TryGetProperty("request"u8, out var request)
            || !Utf8Json.TryGetString(request, "method"u8, out var method)
            || !Utf8Json.TryGetString(request, "url"u8, out var url))
        {
            return FhirRequestReader.Malformed;
        }

        string? condition = null;
        if (request.TryGetProperty("ifNoneExist"u8, out var ifNoneExist))
        {
            // A condition that cannot be read is not left out.
            if (!Utf8Json.TryGetString(ifNoneExist, out var text))
            {
                return FhirRequestReader.Malformed;
            }

            condition = Encoding.UTF8.GetString(text);
        }

        var verb = Encoding.UTF8.GetString(method);
        var read = FhirRequest.Parse(verb, Encoding.UTF8.GetString(url), ifNoneExist: condition);

        // A bundle inside a bundle would be decided by nobody, and the form of a search by POST has no place in an entry.
        return read is { Succeeded: true, Value.Interaction: FhirInteraction.Bundle }
            || (read is { Succeeded: true, Value.Interaction: FhirInteraction.TypeSearch or FhirInteraction.SystemSearch } && verb is "POST")
            ? FhirRequestReader.Malformed
            : read;
    }
}
