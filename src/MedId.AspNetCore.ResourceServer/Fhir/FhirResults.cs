using MedId.Core;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Answers of a FHIR server.</summary>
public static class FhirResults
{
    /// <summary>The media type of FHIR JSON.</summary>
    public const string MediaType = "application/fhir+json";

    /// <summary>404 with an OperationOutcome: the same for what is absent and for what the token may not see.</summary>
    public static IResult NotFound() => new FhirRefusal(new MedIdError(ResourceServerErrorCodes.ResourceNotFound, ErrorCategory.State, "FHIR R4 RESTful API"));

    /// <summary>A refusal with its code: 400, 401, 403, 404 or 503, with the header that belongs to it.</summary>
    /// <param name="error">Why.</param>
    /// <param name="requiredScope">The scope that would help, for 403.</param>
    public static IResult Refused(MedIdError error, string? requiredScope = null)
    {
        ArgumentNullException.ThrowIfNull(error);
        return new FhirRefusal(error, requiredScope);
    }

    /// <summary>200 with a resource; never stored by caches on the way.</summary>
    /// <param name="utf8">The resource as JSON.</param>
    public static IResult Resource(ReadOnlyMemory<byte> utf8) => new FhirContent(utf8);
}
