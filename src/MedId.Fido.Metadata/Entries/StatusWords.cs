using System.Collections.Frozen;

namespace MedId.Fido.Metadata;

/// <summary>The words of <c>AuthenticatorStatus</c> and the certification each stands for. FIDO MDS 3.0 §3.1.4.</summary>
internal static class StatusWords
{
    private static readonly FrozenDictionary<string, AuthenticatorStatus> Words = new Dictionary<string, AuthenticatorStatus>(StringComparer.Ordinal)
    {
        ["NOT_FIDO_CERTIFIED"] = AuthenticatorStatus.NotFidoCertified,
        ["SELF_ASSERTION_SUBMITTED"] = AuthenticatorStatus.SelfAssertionSubmitted,
        ["FIDO_CERTIFIED"] = AuthenticatorStatus.FidoCertified,
        ["FIDO_CERTIFIED_L1"] = AuthenticatorStatus.FidoCertifiedL1,
        ["FIDO_CERTIFIED_L1plus"] = AuthenticatorStatus.FidoCertifiedL1Plus,
        ["FIDO_CERTIFIED_L2"] = AuthenticatorStatus.FidoCertifiedL2,
        ["FIDO_CERTIFIED_L2plus"] = AuthenticatorStatus.FidoCertifiedL2Plus,
        ["FIDO_CERTIFIED_L3"] = AuthenticatorStatus.FidoCertifiedL3,
        ["FIDO_CERTIFIED_L3plus"] = AuthenticatorStatus.FidoCertifiedL3Plus,
        ["UPDATE_AVAILABLE"] = AuthenticatorStatus.UpdateAvailable,
        ["RETIRED"] = AuthenticatorStatus.Retired,
        ["REVOKED"] = AuthenticatorStatus.Revoked,
        ["USER_VERIFICATION_BYPASS"] = AuthenticatorStatus.UserVerificationBypass,
        ["ATTESTATION_KEY_COMPROMISE"] = AuthenticatorStatus.AttestationKeyCompromise,
        ["USER_KEY_REMOTE_COMPROMISE"] = AuthenticatorStatus.UserKeyRemoteCompromise,
        ["USER_KEY_PHYSICAL_COMPROMISE"] = AuthenticatorStatus.UserKeyPhysicalCompromise,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static AuthenticatorStatus Read(string word) => Words.GetValueOrDefault(word);

    /// <summary>The certification that a status gives or takes; null for one that is not about certification.</summary>
    public static CertificationLevel? CertificationOf(AuthenticatorStatus status) => status switch
    {
        AuthenticatorStatus.NotFidoCertified or AuthenticatorStatus.SelfAssertionSubmitted => CertificationLevel.None,
        AuthenticatorStatus.FidoCertified => CertificationLevel.Functional,
        AuthenticatorStatus.FidoCertifiedL1 => CertificationLevel.L1,
        AuthenticatorStatus.FidoCertifiedL1Plus => CertificationLevel.L1Plus,
        AuthenticatorStatus.FidoCertifiedL2 => CertificationLevel.L2,
        AuthenticatorStatus.FidoCertifiedL2Plus => CertificationLevel.L2Plus,
        AuthenticatorStatus.FidoCertifiedL3 => CertificationLevel.L3,
        AuthenticatorStatus.FidoCertifiedL3Plus => CertificationLevel.L3Plus,
        _ => null,
    };
}
