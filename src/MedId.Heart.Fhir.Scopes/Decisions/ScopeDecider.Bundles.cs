namespace MedId.Heart.Fhir.Scopes;

public sealed partial class ScopeDecider
{
    /// <summary>A transaction goes through whole or not at all (FHIR R4 http.html §3.1.0.11.2); the entries of a batch stand each for itself.</summary>
    /// <param name="scopes">The token's scopes.</param>
    /// <param name="entries">The final decisions of all entries.</param>
    /// <returns>Denied with <see cref="ScopesErrorCodes.EntryRefused"/> when one entry is denied or still to be examined; permitted otherwise.</returns>
    public static ScopeDecision DecideTransaction(ScopeSet scopes, IReadOnlyCollection<ScopeDecision> entries)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        ArgumentNullException.ThrowIfNull(entries);
        var by = default(ScopeMask);
        var lifted = default(Restriction);
        foreach (var entry in entries)
        {
            if (entry.Outcome is ScopeOutcome.Deny or ScopeOutcome.Examine)
            {
                return new(Refusals.EntryRefused);
            }

            by = by.Or(entry.Mask);
            lifted = lifted.IsPresent ? lifted : entry.Lifted;
        }

        return new(ScopeOutcome.Permit, scopes, by, lifted);
    }

    /// <summary>One entry of a batch or transaction, both steps. What a client leaves out of its bundle is a refusal here, never an exception.</summary>
    /// <param name="scopes">The token's scopes.</param>
    /// <param name="context">What the token is bound to.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="before">The stored resource that the entry names or its condition matches; absent where there is none.</param>
    /// <param name="patched">What a patch results in; for other entries the resource is the entry's own.</param>
    /// <returns>The decision; <see cref="ScopeOutcome.Examine"/> where the stored resource is needed and absent: the request fails as not found.</returns>
    public ScopeDecision DecideEntry(ScopeSet scopes, FhirTokenContext context, FhirBundleEntry entry, ResourceImage before = default, ResourceImage patched = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.IsReadable)
        {
            return new(entry.Error);
        }

        var request = entry.Request;
        var first = DecideRequest(scopes, context, request);
        if (first.Outcome != ScopeOutcome.Examine)
        {
            return first;
        }

        switch (request.Interaction)
        {
            case FhirInteraction.Create:
                // A condition that found something makes nothing: what it found is looked at as found.
                return !entry.Resource.IsPresent ? new(Refusals.ImageMalformed)
                    : before.IsPresent && request.IsConditional && first.Condition!.Permits(before) is { IsDenied: true } unfound ? unfound
                    : DecideResource(scopes, context, request, default, entry.Resource);
            case FhirInteraction.Update:
                return !entry.Resource.IsPresent ? new(Refusals.ImageMalformed) : DecideResource(scopes, context, request, before, entry.Resource);
            case FhirInteraction.Patch:
                return before.IsPresent && patched.IsPresent ? DecideResource(scopes, context, request, before, patched) : first;
            default:
                return before.IsPresent ? DecideResource(scopes, context, request, before) : first;
        }
    }
}
