using MedId.Ciba.Server;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>A request as a path sees it: everything that is known before the person is asked.</summary>
public sealed record AccessQuery
{
    /// <summary>The validated backchannel request.</summary>
    public required ValidatedBackchannelRequest Request { get; init; }

    /// <summary>Who the doctor is.</summary>
    public required PractitionerEvidence Evidence { get; init; }

    /// <summary>The person; active.</summary>
    public required Account Account { get; init; }

    /// <summary>The resource (RFC 8707).</summary>
    public required string Resource { get; init; }

    /// <summary>The FHIR Patient id there.</summary>
    public required string Patient { get; init; }

    /// <summary>The scopes that would be shown, in the order of the request.</summary>
    public required IReadOnlyList<FhirScope> Scopes { get; init; }

    /// <summary>The purpose, in words that patients read.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>What the request carries beside its parameters; null when nothing.</summary>
    public AuthorizationDetails? Details { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Request and client.</summary>
    public override string ToString() => Request.ToString();
}
