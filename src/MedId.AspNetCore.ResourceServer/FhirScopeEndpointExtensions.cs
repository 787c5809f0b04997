using MedId.AspNetCore.ResourceServer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Protects FHIR endpoints.</summary>
public static class FhirScopeEndpointExtensions
{
    /// <summary>
    /// Lets only calls through whose token is active now, is for this server, and has a scope for the interaction and type. The endpoint takes the request and the
    /// judge of resources from <see cref="GetFhirAccess"/>.
    /// </summary>
    /// <typeparam name="TBuilder">An endpoint or a group.</typeparam>
    /// <param name="builder">The endpoint or group.</param>
    /// <param name="basePath">The path of the service base, as clients send it, without a slash at its end: <c>/fhir</c>.</param>
    /// <param name="scheme">The scheme of <c>AddMedIdIntrospection</c>.</param>
    public static TBuilder RequireFhirScope<TBuilder>(this TBuilder builder, string basePath, string scheme = IntrospectionBearerDefaults.Scheme)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(basePath);
        ArgumentException.ThrowIfNullOrEmpty(scheme);
        if (basePath.Length > 0 && (basePath[0] != '/' || basePath[^1] == '/'))
        {
            throw new ArgumentException("The base path begins with a slash and does not end in one.", nameof(basePath));
        }

        var policy = new AuthorizationPolicyBuilder(scheme).RequireAuthenticatedUser().AddRequirements(new FhirScopeRequirement(basePath, scheme)).Build();
        return builder.RequireAuthorization(policy);
    }

    /// <summary>The decided request of an endpoint under <see cref="RequireFhirScope"/>.</summary>
    /// <param name="context">The call.</param>
    /// <exception cref="InvalidOperationException">The endpoint is not protected.</exception>
    public static FhirAccess GetFhirAccess(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<FhirAccess>() ?? throw new InvalidOperationException("The endpoint is not protected: add RequireFhirScope.");
    }
}
