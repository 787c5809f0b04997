using MedId.AspNetCore.ResourceServer;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.HealthRecordApi;

/// <summary>Steps 7 and 8 of the walk, as this API sees them.</summary>
internal static class IntrospectionSteps
{
    public static Task ReportAsync(HttpContext context, IntrospectionOutcome outcome)
    {
        var steps = context.RequestServices.GetRequiredService<StepReporter>();
        steps.Begin(7, "the API asks the OP about the token")
            .Sent("token", "the access token that came")
            .Sent("client authentication", "the API's own")
            .Done();
        var answer = steps.Begin(8, "the OP answers").Sent("active", outcome.Response?.Active).Sent("elapsed_ms", (long)outcome.Elapsed.TotalMilliseconds);
        if (outcome.Response is { Active: true } token)
        {
            answer.Sent("client_id", token.ClientId).Sent("scope", token.Scope).Sent("acr", token.Acr).Sent("consent_id", token.ConsentId).Sent("act", token.Actor is not null);
        }

        if (outcome.Refusal is { } refusal)
        {
            answer.Refused(refusal.Code);
            return Task.CompletedTask;
        }

        answer.Checked("signature of the OP").Checked("iss, aud and iat of the answer").Checked("active").Checked("aud of the token is this API").Checked("exp").Done();
        return Task.CompletedTask;
    }
}
