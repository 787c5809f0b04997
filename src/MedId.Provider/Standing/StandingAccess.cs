using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>How far a consent given beforehand answers a request.</summary>
internal static class StandingAccess
{
    /// <summary>The decision: purpose and resource are within, and what is granted is what was asked for and is covered; null when that is no data.</summary>
    public static AccessDecision? Decide(AccessQuery query, StandingConsent standing)
    {
        var agreed = ScopeSet.Parse(string.Join(' ', standing.Scopes));
        if (!agreed.Succeeded || standing.Resource != query.Resource
            || query.Purpose.System != NoticeFactory.ActReason || !standing.Purposes.Contains(query.Purpose.Code, StringComparer.Ordinal))
        {
            return null;
        }

        FhirScope[] granted = [.. query.Scopes.Where(agreed.Value.Covers)];
        return Array.Exists(granted, scope => scope.Kind == FhirScopeKind.Resource)
            ? new AccessDecision
            {
                Ground = new() { Kind = StandingRules.GroundOf(standing.Kind), StandingConsentId = standing.Id },
                ScopesGranted = [.. granted.Select(scope => scope.Value)],
                Access = standing.Access,

                // The end of a code is the end of telling it.
                Until = standing.Kind == StandingConsentKind.OneTimeCode ? null : standing.ValidUntil,
            }
            : null;
    }
}
