using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>How one scheme's tokens are decided on.</summary>
internal sealed record FhirScopeRule(ScopeDecider Decider, Func<IntrospectionResponse, FhirTokenContext> TokenContext)
{
    public static FhirScopeRule Of(IntrospectionBearerOptions options)
    {
        var scopes = options.Scopes.ServiceBase is null ? options.Scopes with { ServiceBase = options.Audience } : options.Scopes;
        return new(new ScopeDecider(scopes), options.TokenContext);
    }
}
