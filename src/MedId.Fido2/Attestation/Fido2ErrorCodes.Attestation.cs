namespace MedId.Fido2;

/// <content>Authenticator data and attestation.</content>
public static partial class Fido2ErrorCodes
{
    /// <summary>Authenticator data are cut off, or a length in them runs over their end.</summary>
    public const string AuthenticatorDataMalformed = "fido2.authenticator_data_malformed";

    /// <summary>Bytes follow what the flags of the authenticator data announce.</summary>
    public const string AuthenticatorDataTrailingBytes = "fido2.authenticator_data_trailing_bytes";

    /// <summary>The attestation object lacks a member, or one has another type.</summary>
    public const string AttestationObjectMalformed = "fido2.attestation_object_malformed";

    /// <summary>The attestation statement's format is none of WebAuthn's.</summary>
    public const string AttestationFormatUnknown = "fido2.attestation_format_unknown";

    /// <summary>The attestation statement lacks a member, or one has another type or value than its format allows.</summary>
    public const string AttestationStatementMalformed = "fido2.attestation_statement_malformed";

    /// <summary>A certificate of the attestation statement cannot be read, or its key is not used here.</summary>
    public const string AttestationCertificateUnreadable = "fido2.attestation_certificate_unreadable";

    /// <summary>The attestation statement's algorithm is unknown, not allowed, or not one for the key.</summary>
    public const string AttestationAlgorithmNotAllowed = "fido2.attestation_algorithm_not_allowed";

    /// <summary>The attestation statement is about another key than the credential's.</summary>
    public const string AttestationKeyMismatch = "fido2.attestation_key_mismatch";

    /// <summary>The attestation key did not make the signature.</summary>
    public const string AttestationSignatureInvalid = "fido2.attestation_signature_invalid";

    /// <summary>The attestation certificate is not of version 3.</summary>
    public const string AttestationCertificateVersion = "fido2.attestation_certificate_version";

    /// <summary>The attestation certificate's subject is not what its format asks for.</summary>
    public const string AttestationCertificateSubject = "fido2.attestation_certificate_subject";

    /// <summary>The attestation certificate may be one of a CA.</summary>
    public const string AttestationCertificateIsCa = "fido2.attestation_certificate_is_ca";

    /// <summary>The AAGUID extension of the attestation certificate is critical or malformed.</summary>
    public const string AttestationCertificateAaguid = "fido2.attestation_certificate_aaguid";

    /// <summary>The attestation certificate is for another model than the authenticator data name.</summary>
    public const string AttestationAaguidMismatch = "fido2.attestation_aaguid_mismatch";

    /// <summary>The certificate of a TPM's key does not name the TPM as TCG asks.</summary>
    public const string AttestationTpmName = "fido2.attestation_tpm_name";

    /// <summary>The certificate of a TPM's key is not one for attestation.</summary>
    public const string AttestationTpmPurpose = "fido2.attestation_tpm_purpose";

    /// <summary>The TPM's manufacturer is not among those accepted.</summary>
    public const string AttestationTpmManufacturer = "fido2.attestation_tpm_manufacturer";

    /// <summary>pubArea or certInfo is no such TPM structure, or of a kind that is not used here.</summary>
    public const string AttestationTpmStructure = "fido2.attestation_tpm_structure";

    /// <summary>certInfo was not made by a TPM to certify a key.</summary>
    public const string AttestationTpmNotCertified = "fido2.attestation_tpm_not_certified";

    /// <summary>certInfo is about another registration.</summary>
    public const string AttestationTpmExtraData = "fido2.attestation_tpm_extra_data";

    /// <summary>certInfo certifies another object than pubArea.</summary>
    public const string AttestationTpmObject = "fido2.attestation_tpm_object";

    /// <summary>The Android key attestation extension is missing or malformed.</summary>
    public const string AttestationAndroidExtension = "fido2.attestation_android_extension";

    /// <summary>The Android key attestation is about another registration.</summary>
    public const string AttestationAndroidChallenge = "fido2.attestation_android_challenge";

    /// <summary>The Android key is for all applications, not made in the keystore, or not for signing alone.</summary>
    public const string AttestationAndroidAuthorization = "fido2.attestation_android_authorization";

    /// <summary>The nonce in Apple's certificate is missing, or of another registration.</summary>
    public const string AttestationAppleNonce = "fido2.attestation_apple_nonce";

    /// <summary>The SafetyNet response is no JWS of the form expected.</summary>
    public const string AttestationSafetyNetMalformed = "fido2.attestation_safetynet_malformed";

    /// <summary>The SafetyNet response is not signed under the name of Google's service.</summary>
    public const string AttestationSafetyNetHost = "fido2.attestation_safetynet_host";

    /// <summary>The SafetyNet response is about another registration.</summary>
    public const string AttestationSafetyNetNonce = "fido2.attestation_safetynet_nonce";

    /// <summary>SafetyNet does not vouch for the device.</summary>
    public const string AttestationSafetyNetIntegrity = "fido2.attestation_safetynet_integrity";

    /// <summary>The SafetyNet response is too old, or of the future.</summary>
    public const string AttestationSafetyNetStale = "fido2.attestation_safetynet_stale";

    /// <summary>Fewer statements of a compound attestation verify, or are trusted, than policy asks for.</summary>
    public const string AttestationCompoundTooFew = "fido2.attestation_compound_too_few";

    /// <summary>There is no attestation, and policy asks for one.</summary>
    public const string AttestationNoneNotAccepted = "fido2.attestation_none_not_accepted";

    /// <summary>Only the credential's own key attests, and policy asks for more.</summary>
    public const string AttestationSelfNotAccepted = "fido2.attestation_self_not_accepted";

    /// <summary>Nothing was given by which trust could be judged, or there was nothing to judge.</summary>
    public const string AttestationNotJudged = "fido2.attestation_not_judged";

    /// <summary>The attestation certificate does not come from anybody who is trusted.</summary>
    public const string AttestationUntrusted = "fido2.attestation_untrusted";

    /// <summary>The attestation certificate, or one above it, is revoked.</summary>
    public const string AttestationRevoked = "fido2.attestation_revoked";

    /// <summary>The metadata do not know the authenticator's model.</summary>
    public const string AttestationModelUnknown = "fido2.attestation_model_unknown";

    /// <summary>The metadata say that the model attests in another way.</summary>
    public const string AttestationTypeUnexpected = "fido2.attestation_type_unexpected";

    /// <summary>The reported status of the authenticator's model is not acceptable.</summary>
    public const string AttestationModelStatus = "fido2.attestation_model_status";
}
