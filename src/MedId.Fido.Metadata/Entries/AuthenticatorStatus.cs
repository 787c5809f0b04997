namespace MedId.Fido.Metadata;

/// <summary>What is reported of a model: <c>AuthenticatorStatus</c>. FIDO MDS 3.0 §3.1.4.</summary>
public enum AuthenticatorStatus
{
    /// <summary>A word that this release does not know; it stands in <see cref="StatusReport.StatusText"/>.</summary>
    Unknown = 0,

    /// <summary><c>NOT_FIDO_CERTIFIED</c>.</summary>
    NotFidoCertified,

    /// <summary><c>SELF_ASSERTION_SUBMITTED</c>.</summary>
    SelfAssertionSubmitted,

    /// <summary><c>FIDO_CERTIFIED</c>: functional certification, from before there were levels.</summary>
    FidoCertified,

    /// <summary><c>FIDO_CERTIFIED_L1</c>.</summary>
    FidoCertifiedL1,

    /// <summary><c>FIDO_CERTIFIED_L1plus</c>.</summary>
    FidoCertifiedL1Plus,

    /// <summary><c>FIDO_CERTIFIED_L2</c>.</summary>
    FidoCertifiedL2,

    /// <summary><c>FIDO_CERTIFIED_L2plus</c>.</summary>
    FidoCertifiedL2Plus,

    /// <summary><c>FIDO_CERTIFIED_L3</c>.</summary>
    FidoCertifiedL3,

    /// <summary><c>FIDO_CERTIFIED_L3plus</c>.</summary>
    FidoCertifiedL3Plus,

    /// <summary><c>UPDATE_AVAILABLE</c>: a firmware that mends what was reported before.</summary>
    UpdateAvailable,

    /// <summary><c>RETIRED</c>: no longer offered; nothing is known against it.</summary>
    Retired,

    /// <summary><c>REVOKED</c>.</summary>
    Revoked,

    /// <summary><c>USER_VERIFICATION_BYPASS</c>.</summary>
    UserVerificationBypass,

    /// <summary><c>ATTESTATION_KEY_COMPROMISE</c>; of one certificate when the report names one.</summary>
    AttestationKeyCompromise,

    /// <summary><c>USER_KEY_REMOTE_COMPROMISE</c>.</summary>
    UserKeyRemoteCompromise,

    /// <summary><c>USER_KEY_PHYSICAL_COMPROMISE</c>.</summary>
    UserKeyPhysicalCompromise,
}
