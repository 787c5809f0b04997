using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>Which attestations are good enough (WebAuthn L3 §7.1 steps 22 to 24). Nothing is trusted unless it is said here.</summary>
public sealed record AttestationTrustPolicy
{
    /// <summary>For those who ask for no attestation: every registration goes on, whatever its statement rests on; the statement has to verify all the same.</summary>
    public static AttestationTrustPolicy NotAsked { get; } = new() { AcceptNone = true, AcceptSelf = true, RequireTrusted = false };

    /// <summary>Who may stand above an attestation certificate: roots, authorities under them, or attestation certificates themselves. Null for none.</summary>
    public IReadOnlyCollection<TrustAnchor>? Anchors { get; init; }

    /// <summary>The metadata in which the authenticator's model has to stand, with its roots and status. Null for none. Where it knows the model, its roots alone count.</summary>
    public IMetadataSource? Metadata { get; init; }

    /// <summary>Which reported status of a model is accepted.</summary>
    public MetadataStatusPolicy MetadataStatus { get; init; } = MetadataStatusPolicy.Default;

    /// <summary>Whether a registration without attestation goes on.</summary>
    public bool AcceptNone { get; init; }

    /// <summary>Whether a registration goes on that only the credential's own key attests.</summary>
    public bool AcceptSelf { get; init; }

    /// <summary>Whether a certificate that is not trusted stops the registration; true by default. Else it goes on as if there were no attestation.</summary>
    public bool RequireTrusted { get; init; } = true;

    /// <summary>What has to be proven about the revocation of attestation certificates; most have no place where it could be asked.</summary>
    public RevocationRequirement Revocation { get; init; } = RevocationRequirement.NotRequired;

    /// <summary>Evidence that was gathered: CRLs, OCSP responses, certificates between an attestation certificate and an anchor.</summary>
    public PathEvidence Evidence { get; init; } = PathEvidence.Empty;

    /// <summary>Whether the anchors' own certificates have to be within their validity; true by default.</summary>
    public bool CheckAnchorValidity { get; init; } = true;

    /// <summary>How many statements of a <c>compound</c> have to verify, and to be trusted; all of them when null.</summary>
    public int? CompoundMinimum { get; init; }

    /// <summary>Whether android-key counts only what the trusted environment vouches for (§8.4).</summary>
    public bool RequireTeeForAndroidKey { get; init; }

    /// <summary>The tpmManufacturer values accepted, as <c>id:</c> and eight hexadecimal digits, without regard to case; null for any (§8.3 asks for no list).</summary>
    public IReadOnlyCollection<string>? TpmManufacturers { get; init; }

    /// <summary>How old an android-safetynet verdict may be, and how far in the future; one minute by default. For stored registrations judge at the time of their storing.</summary>
    public TimeSpan SafetyNetWindow { get; init; } = TimeSpan.FromMinutes(1);
}
