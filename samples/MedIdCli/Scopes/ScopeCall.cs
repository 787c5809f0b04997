using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary>One request with the resources that it is about: what a server would have gathered before it asks the decider.</summary>
/// <param name="Request">The request, or why there is none.</param>
/// <param name="Before">The stored resource.</param>
/// <param name="After">What is written, or what a patch results in.</param>
internal sealed record ScopeCall(MedIdResult<FhirRequest> Request, ResourceImage Before = default, ResourceImage After = default)
{
    /// <summary>Entries of a batch or transaction; null for a single request.</summary>
    public IReadOnlyList<ScopeCall>? Entries { get; init; }

    public bool IsTransaction { get; init; }

    /// <summary>The entry as the package read it from a bundle; null for other requests.</summary>
    public FhirBundleEntry? Entry { get; init; }

    /// <summary>A rule of the server that the abstract form brings along.</summary>
    public OperationRule? Rule { get; init; }

    /// <summary>The decision; <see cref="ScopeOutcome.Examine"/> where a resource that it needs is not in the input.</summary>
    public ScopeDecision Decide(ScopeDecider decider, ScopeSet scopes, FhirTokenContext context)
    {
        if (Entry is not null)
        {
            return decider.DecideEntry(scopes, context, Entry, Before, After);
        }

        var request = Request.Value!;
        var first = decider.DecideRequest(scopes, context, request);
        if (first.Outcome != ScopeOutcome.Examine)
        {
            return first;
        }

        return request.Interaction switch
        {
            FhirInteraction.Create or FhirInteraction.Update => After.IsPresent ? decider.DecideResource(scopes, context, request, Before, After) : first,
            FhirInteraction.Patch => Before.IsPresent && After.IsPresent ? decider.DecideResource(scopes, context, request, Before, After) : first,
            _ => Before.IsPresent ? decider.DecideResource(scopes, context, request, Before) : first,
        };
    }
}
