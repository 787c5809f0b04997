using MedId.AspNetCore.Provider;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of a patient's OP.</summary>
public static class ProviderEndpointRouteBuilderExtensions
{
    /// <summary>Maps discovery, keys, the OAuth and CIBA endpoints, the UAF transport and the passkey ceremonies as configured, what a patient's device calls, and what terminals call where there are any. Paths are relative to the issuer.</summary>
    /// <param name="endpoints">The routes.</param>
    /// <returns>The group, for conventions such as rate limits.</returns>
    public static RouteGroupBuilder MapMedIdProvider(this IEndpointRouteBuilder endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var group = endpoints.MapGroup(string.Empty);
        OAuthRoutes.Map(group);
        var options = endpoints.ServiceProvider.GetRequiredService<ProviderOptions>();
        if (options.UsesUaf)
        {
            UafRoutes.Map(group);
        }

        if (options.Passkeys is { } passkeys)
        {
            WebAuthnRoutes.Map(group, passkeys);
        }

        DeviceRoutes.Map(group);
        HistoryRoutes.Map(group);
        DeviceLifeRoutes.Map(group);
        DashboardRoutes.Map(group, options.DashboardPage);
        if (options.StandingConsents is not null || options.OneTimeCodes is not null || options.ConsentDesks is not null)
        {
            StandingRoutes.Map(group);
        }

        if (options.ConsentDesks is not null)
        {
            ConsentDeskRoutes.Map(group);
        }

        if (options.Proxies is { } proxies)
        {
            ProxyRoutes.Map(group);
            if (proxies.Desks.Count > 0)
            {
                ProxyDeskRoutes.Map(group);
            }
        }

        if (options.Terminals.Count > 0)
        {
            TerminalRoutes.Map(group);
        }

        if (endpoints.ServiceProvider.GetService<AdministrationOptions>() is { OnPublicPaths: true })
        {
            AdministrationRoutes.Map(group);
        }

        Telemetered.Group(group);
        return group;
    }
}
