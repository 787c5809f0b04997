using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>Measures every endpoint of a group, by its route and never by its path.</summary>
internal static class Telemetered
{
    public static void Group(RouteGroupBuilder group) => ((IEndpointConventionBuilder)group).Finally(static endpoint =>
    {
        if (endpoint is RouteEndpointBuilder { RequestDelegate: { } handle, RoutePattern.RawText: { } route })
        {
            endpoint.RequestDelegate = http => MeasureAsync(http, route, handle);
        }
    });

    private static async Task MeasureAsync(HttpContext http, string route, RequestDelegate handle)
    {
        var began = Stopwatch.GetTimestamp();
        using var activity = ProviderTelemetry.Start(route);
        var status = StatusCodes.Status500InternalServerError;
        try
        {
            await handle(http).ConfigureAwait(false);
            status = http.Response.StatusCode;
        }
        finally
        {
            var code = http.Features.Get<ProviderOutcome>()?.Error?.Code;
            ProviderTelemetry.RecordDuration(route, status, Stopwatch.GetElapsedTime(began));
            ProviderTelemetry.End(activity, status, code);
        }
    }
}
