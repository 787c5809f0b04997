using System.Collections.Immutable;
using MedId.Core;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>Which reported status keeps a model from being used. FIDO MDS 3.0 §3.1.3, §3.1.4, §3.2.</summary>
public sealed record MetadataStatusPolicy
{
    /// <summary>The usual policy: the five bad statuses refuse, an update is reported, no certification is asked for.</summary>
    public static MetadataStatusPolicy Default { get; } = new();

    /// <summary>
    /// Statuses that refuse a model; by default <c>REVOKED</c>, <c>USER_VERIFICATION_BYPASS</c>, <c>ATTESTATION_KEY_COMPROMISE</c>, <c>USER_KEY_REMOTE_COMPROMISE</c> and
    /// <c>USER_KEY_PHYSICAL_COMPROMISE</c>.
    /// </summary>
    public ImmutableHashSet<AuthenticatorStatus> Refused { get; init; } =
    [
        AuthenticatorStatus.Revoked,
        AuthenticatorStatus.UserVerificationBypass,
        AuthenticatorStatus.AttestationKeyCompromise,
        AuthenticatorStatus.UserKeyRemoteCompromise,
        AuthenticatorStatus.UserKeyPhysicalCompromise,
    ];

    /// <summary>The lowest certification accepted; none is asked for by default.</summary>
    public CertificationLevel MinimumCertification { get; init; }

    /// <summary>Whether an authenticator that lacks an update on offer is refused; not by default. When its version is not known it is undetermined.</summary>
    public bool RequireUpdates { get; init; }

    /// <summary>What a status means that this release does not know; nothing by default.</summary>
    public UnknownStatusRule UnknownStatus { get; init; }

    /// <summary>Judges a model. A report holds from its date on; what a later update mends does not count against a firmware that has it.</summary>
    /// <param name="entry">The model.</param>
    /// <param name="attestationCertificate">The attestation certificate of the authenticator; null when there is none. Asked for when a report names one.</param>
    /// <param name="at">Now.</param>
    /// <param name="authenticatorVersion">The firmware of the authenticator; null when not known.</param>
    /// <param name="attestationPath">The certificates above the attestation certificate, for a report that names one of them; null when not known.</param>
    public MetadataStatusDecision Judge(
        MetadataEntry entry,
        Certificate? attestationCertificate,
        DateTimeOffset at,
        ulong? authenticatorVersion = null,
        IReadOnlyList<Certificate>? attestationPath = null)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return new StatusJudge(this, attestationCertificate, attestationPath ?? [], authenticatorVersion).Judge(entry, at);
    }
}
