using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>One entry of a batch or transaction.</summary>
public sealed class FhirBundleEntry
{
    private FhirBundleEntry(MedIdResult<FhirRequest> request, ResourceImage resource)
    {
        Request = request.Value;
        Error = request.Error;
        Resource = resource;
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

    internal static FhirBundleEntry Read(JsonElement entry)
    {
        var resource = entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("resource"u8, out var json) ? (ResourceImage)json : default;
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("request"u8, out var request)
            || !Utf8Json.TryGetString(request, "method"u8, out var method)
            || !Utf8Json.TryGetString(request, "url"u8, out var url))
        {
            return new(FhirRequestReader.Malformed, resource);
        }

        var condition = Utf8Json.TryGetString(request, "ifNoneExist"u8, out var ifNoneExist) ? Encoding.UTF8.GetString(ifNoneExist) : null;
        var read = FhirRequest.Parse(Encoding.UTF8.GetString(method), Encoding.UTF8.GetString(url), ifNoneExist: condition);

        // A bundle inside a bundle would be decided by nobody.
        return new(read is { Succeeded: true, Value.Interaction: FhirInteraction.Bundle } ? FhirRequestReader.Malformed : read, resource);
    }
}
