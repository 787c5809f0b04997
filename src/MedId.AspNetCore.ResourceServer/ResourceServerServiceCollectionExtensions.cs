using MedId.AspNetCore.ResourceServer;
using MedId.OAuth;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the protection of a FHIR API.</summary>
public static class ResourceServerServiceCollectionExtensions
{
    /// <summary>Registers authentication by introspection of each call. Protect endpoints with <c>RequireFhirScope</c>. The options are validated when the host starts. With several nodes, register an <see cref="IProofReplayStore"/> that they share.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Issuer, credential, audience.</param>
    /// <param name="scheme">The authentication scheme, for servers that trust several authorization servers.</param>
    /// <returns>The HTTP client that asks the authorization server, to add resilience, a proxy or a client certificate. Keep its handler from following redirects.</returns>
    public static IHttpClientBuilder AddMedIdIntrospection(
        this IServiceCollection services, Action<IntrospectionBearerOptions> configure, string scheme = IntrospectionBearerDefaults.Scheme)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        if (services.Any(service => service.ServiceType == typeof(IntrospectionChannel) && scheme.Equals(service.ServiceKey)))
        {
            services.Configure(scheme, configure);
            return services.AddHttpClient(IntrospectionChannel.HttpClientName(scheme));
        }

        // AddAuthentication would bring data protection and write keys to disk; nothing is protected here.
        services.AddAuthenticationCore();
        services.AddWebEncoders();
        new AuthenticationBuilder(services).AddScheme<IntrospectionBearerOptions, IntrospectionBearerHandler>(scheme, configure);
        services.AddAuthorization();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, FhirScopeHandler>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IAuthorizationHandler, StepUpHandler>());
        services.TryAddSingleton<IProofReplayStore>(static provider => new InMemoryProofReplayStore(time: provider.GetRequiredService<TimeProvider>()));
        services.TryAddKeyedSingleton(scheme, static (provider, _) => new CallProofs(provider.GetRequiredService<IProofReplayStore>()));
        services.AddMetrics();
        services.AddOptions<IntrospectionBearerOptions>(scheme).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IntrospectionBearerOptions>, IntrospectionBearerOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<ResourceServerInstruments>();
        services.TryAddKeyedSingleton(scheme, static (provider, key) => new IntrospectionChannel(
            provider.GetRequiredService<IHttpClientFactory>(),
            provider.GetRequiredService<IOptionsMonitor<IntrospectionBearerOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            (string)key!));
        services.TryAddKeyedSingleton(scheme, static (provider, key) =>
            FhirScopeRule.Of(provider.GetRequiredService<IOptionsMonitor<IntrospectionBearerOptions>>().Get((string)key!)));

        // One client lives as long as the host: connections are renewed instead of handlers. Its requests carry tokens, so nothing of them is logged.
        return services.AddHttpClient(IntrospectionChannel.HttpClientName(scheme))
            .UseSocketsHttpHandler(static (handler, _) =>
            {
                handler.AllowAutoRedirect = false;
                handler.UseCookies = false;
                handler.PooledConnectionLifetime = TimeSpan.FromMinutes(2);
            })
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
            .RemoveAllLoggers();
    }
}
