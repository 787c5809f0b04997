using System.Text.Json;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>
/// A FHIR request whose token is good and whose scopes fit its type. What the store then gives is judged by <see cref="Permits"/>, resource by
/// resource, before it goes out.
/// </summary>
public sealed class FhirAccess
{
    private readonly ScopeDecider _decider;

    internal FhirAccess(ScopeDecider decider, IntrospectionResponse token, ScopeSet scopes, FhirTokenContext context, FhirRequest request, ScopeDecision decision)
    {
        _decider = decider;
        Token = token;
        Scopes = scopes;
        Context = context;
        Request = request;
        Decision = decision;
    }

    /// <summary>The token as the authorization server knows it.</summary>
    public IntrospectionResponse Token { get; }

    /// <summary>Its scopes.</summary>
    public ScopeSet Scopes { get; }

    /// <summary>What it is bound to.</summary>
    public FhirTokenContext Context { get; }

    /// <summary>The request, read by the same rules that decided on it: answer this one, not route values read another way.</summary>
    public FhirRequest Request { get; }

    /// <summary>The first decision: examine, filter or permit.</summary>
    public ScopeDecision Decision { get; }

    /// <summary>What a search may bring, as data for the store's query; null for other requests.</summary>
    public SearchFilter? Filter => Decision.Filter;

    /// <summary>Whether this resource may go out: the named one of a read, or one entry of a search. False is answered like absence.</summary>
    /// <param name="resource">The whole resource.</param>
    public ScopeDecision Judge(ResourceImage resource) => Filter is { } filter ? filter.Permits(resource) : _decider.DecideResource(Scopes, Context, Request, resource);

    /// <summary>Whether this resource may go out.</summary>
    /// <param name="resource">The whole resource.</param>
    public bool Permits(JsonElement resource) => !Judge(resource).IsDenied;

    /// <summary>The interaction and type.</summary>
    public override string ToString() => Request.ToString();
}
