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
        ScopeDecision? judged = resource.ValueKind == JsonValueKind.Undefined ? null : access.Judge(resource);
        var refusal = judged is { } known ? known.Error?.Code : ResourceServerErrorCodes.ResourceNotFound;
        if (refusal is not null)
        {
            // The report tells the reason; the caller hears the same as for a resource that is not there.
            step.Refused(refusal);
            return FhirResults.NotFound();
        }

        AuditEmergency(access, judged!.Value.BrokeTheGlass ? 1 : 0);
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
        var uncovered = 0;
        JsonElement[] found =
        [
            .. store.OfType(access.Request.ResourceType!).Where(resource =>
            {
                ScopeDecision? judged = search.Matches(resource) ? access.Judge(resource) : null;
                uncovered += judged is { IsDenied: false, BrokeTheGlass: true } ? 1 : 0;
                return judged is { IsDenied: false };
            }),
        ];
        AuditEmergency(access, uncovered);
        step.Sent("resources", found.Length).Checked("every resource is of the token's patient").Checked("labelled resources only where a scope uncovers them").Done();
        return FhirResults.Resource(SearchSet.Of(context.Request, found, search));
    }

    /// <summary>What HEART asks of an API that lets the glass be broken: a line of its own before the answer leaves, in the words of FHIR AuditEvent; no name and no content.</summary>
    private void AuditEmergency(FhirAccess access, int uncovered)
    {
        if (uncovered > 0)
        {
            steps.Begin(9, "the API writes an audit event: the glass was broken")
                .Sent("type", "rest").Sent("subtype", access.Request.Interaction == FhirInteraction.Read ? "read" : "search-type").Sent("action", "R").Sent("outcome", "0")
                .Sent("purposeOfEvent", access.Context.Purpose).Sent("agent", access.Token.ClientId).Sent("entity", access.Request.ResourceType)
                .Sent("consent_id", access.Token.ConsentId).Sent("uncovered", uncovered)
                .Checked("labels were lifted by btg, and by nothing else").Done();
        }
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
