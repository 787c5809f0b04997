using MedId.Heart.Fhir.Scopes;

namespace MedId.Provider;

/// <summary>What a policy judges before the person's device is skipped: everything here is verified.</summary>
public sealed record PreConsentCase
{
    /// <summary>What the person gave beforehand; usable now, for this resource, purpose and recipient.</summary>
    public required StandingConsent Consent { get; init; }

    /// <summary>What the assessor found about the service.</summary>
    public required TrustStatement Trust { get; init; }

    /// <summary>What the service signed about the person who is there.</summary>
    public required FaceToFaceStatement Presence { get; init; }

    /// <summary>The doctor.</summary>
    public required PractitionerEvidence Evidence { get; init; }

    /// <summary>The purpose, a code of v3-ActReason.</summary>
    public required string Purpose { get; init; }

    /// <summary>Everything that is asked for.</summary>
    public required IReadOnlyList<FhirScope> Asked { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The consent.</summary>
    public override string ToString() => Consent.ToString();
}
