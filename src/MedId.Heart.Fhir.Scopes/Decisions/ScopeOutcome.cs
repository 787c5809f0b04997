namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a decision says to do.</summary>
public enum ScopeOutcome
{
    /// <summary>Refuse.</summary>
    Deny,

    /// <summary>Scope and type fit: fetch the resource, then ask <see cref="ScopeDecider.DecideResource"/>. Nothing is permitted yet.</summary>
    Examine,

    /// <summary>Answer, but give out only what <see cref="ScopeDecision.Filter"/> permits.</summary>
    Filter,

    /// <summary>Go on.</summary>
    Permit,
}
