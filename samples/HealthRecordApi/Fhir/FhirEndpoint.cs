using System.Text;
using System.Text.Json;
using MedId.AspNetCore.ResourceServer;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace MedId.Samples.HealthRecordApi;

/// <summary>Answers decided requests out of the store; every resource is judged before it goes out. Step 9 of the walk.</summary>
internal sealed class FhirEndpoint(RecordStore store, StepReporter steps)
{
    public IResult Answer(HttpContext context)
    {
        var access = context.GetFhirAccess();
        var step = steps.Begin(9, "the API answers").Sent("interaction", access.Request.Interaction.ToString()).Sent("type", access.Request.ResourceType);
        return access.Request.Interaction switch
        {
            FhirInteraction.Read => Read(access, step),
            FhirInteraction.TypeSearch when access.Request.CompartmentType is null && RecordSearch.Types.Contains(access.Request.ResourceType!, StringComparer.Ordinal) => Search(context, access, step),
            _ => Refuse(step, new MedIdError("health_record.interaction_unsupported", ErrorCategory.Unsupported, "FHIR R4 RESTful API"), StatusCodes.Status404NotFound),
        };
    }

    private IResult Read(FhirAccess access, Step step)
    {
        var resource = store.Find(access.Request.ResourceType!, access.Request.Id!);
        var refusal = resource.ValueKind == JsonValueKind.Undefined ? ResourceServerErrorCodes.ResourceNotFound : access.Judge(resource).Error?.Code;
        if (refusal is not null)
        {
            // The report tells the reason; the caller hears the same as for a resource that is not there.
            step.Refused(refusal);
            return FhirResults.NotFound();
        }

        step.Sent("resources", 1).Checked("the resource is of the token's patient").Checked("no label hides it").Done();
        return FhirResults.Resource(Encoding.UTF8.GetBytes(resource.GetRawText()));
    }

    private IResult Search(HttpContext context, FhirAccess access, Step step)
    {
        if (RecordSearch.Read(access.Request) is not { } search)
        {
            return Refuse(step, new MedIdError("health_record.parameter_unsupported", ErrorCategory.Unsupported, "FHIR R4 search"), StatusCodes.Status400BadRequest);
        }

        // Judged before the page is cut: the total counts nothing that is hidden.
        JsonElement[] found = [.. store.OfType(access.Request.ResourceType!).Where(resource => search.Matches(resource) && access.Permits(resource))];
        step.Sent("resources", found.Length).Checked("every resource is of the token's patient").Checked("labelled resources only where a scope uncovers them").Done();
        return FhirResults.Resource(SearchSet.Of(context.Request, found, search));
    }

    private static StatusOutcome Refuse(Step step, MedIdError error, int status)
    {
        step.Refused(error.Code);
        return new StatusOutcome(error.Code, status);
    }

    /// <summary>A refusal of this sample's own, with its own code.</summary>
    private sealed class StatusOutcome(string code, int status) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = FhirResults.MediaType;
            await httpContext.Response.WriteAsync(
                $$"""{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-supported","diagnostics":"{{code}}"}]}""", httpContext.RequestAborted);
        }
    }
}
