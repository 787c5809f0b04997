using MedId.AspNetCore.Provider;
using MedId.Provider;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps what operators call.</summary>
public static class AdministrationEndpointRouteBuilderExtensions
{
    /// <summary>Maps the administration API under <c>/admin/v1</c>. Map it where operators alone reach it: on a host or port of its own (<c>RequireHost</c>).</summary>
    /// <param name="endpoints">The routes.</param>
    /// <returns>The group, for conventions such as <c>RequireHost("*:5443")</c>.</returns>
    /// <exception cref="InvalidOperationException"><c>AddAdministration</c> was not called.</exception>
    public static RouteGroupBuilder MapMedIdAdministration(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        if (endpoints.ServiceProvider.GetService<AdministrationOptions>() is null)
        {
            throw new InvalidOperationException("There is no administration: call AddAdministration.");
        }

        var group = endpoints.MapGroup(string.Empty);
        AdministrationRoutes.Map(group);
        Telemetered.Group(group);
        return group;
    }

    /// <summary>Maps <c>/health/live</c> and <c>/health/ready</c>: 200 or 503 with one word, no details. Degraded is 200.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <returns>The group, for conventions.</returns>
    public static RouteGroupBuilder MapMedIdHealth(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup("/health");
        foreach (var tag in (string[])[ProviderHealth.Live, ProviderHealth.Ready])
        {
            group.MapHealthChecks("/" + tag, new HealthCheckOptions
            {
                Predicate = check => check.Tags.Contains(tag),
                ResultStatusCodes = { [HealthStatus.Healthy] = StatusCodes.Status200OK, [HealthStatus.Degraded] = StatusCodes.Status200OK, [HealthStatus.Unhealthy] = StatusCodes.Status503ServiceUnavailable },
            });
        }

        return group;
    }
}
