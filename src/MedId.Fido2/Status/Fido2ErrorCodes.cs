namespace MedId.Fido2;

/// <summary>The codes that this package refuses untrusted input with: the ceremonies, options, records and state. Attestation and authenticator data are in the other part.</summary>
public static partial class Fido2ErrorCodes
{
    /// <summary>The response is not one JSON object of the form that WebAuthn L3 §5.1 (RegistrationResponseJSON, AuthenticationResponseJSON) gives it.</summary>
    public const string ResponseMalformed = "fido2.response_malformed";

    /// <summary>The credential is not of type <c>public-key</c>.</summary>
    public const string CredentialType = "fido2.credential_type";

    /// <summary><c>id</c>, <c>rawId</c> and the credential id in the authenticator data are not one value.</summary>
    public const string CredentialIdMismatch = "fido2.credential_id_mismatch";

    /// <summary>The credential id has more than 1,023 bytes.</summary>
    public const string CredentialIdTooLong = "fido2.credential_id_too_long";

    /// <summary>The credential id is registered already.</summary>
    public const string CredentialAlreadyRegistered = "fido2.credential_already_registered";

    /// <summary>The credential is not among those that the request allowed.</summary>
    public const string CredentialNotAllowed = "fido2.credential_not_allowed";

    /// <summary>The account holds no record of this credential.</summary>
    public const string CredentialUnknown = "fido2.credential_unknown";

    /// <summary>The user handle does not have 1 to 64 bytes.</summary>
    public const string UserHandleMalformed = "fido2.user_handle_malformed";

    /// <summary>Nobody was identified before, and the response names nobody.</summary>
    public const string UserHandleMissing = "fido2.user_handle_missing";

    /// <summary>The response names another user than the account's.</summary>
    public const string UserHandleMismatch = "fido2.user_handle_mismatch";

    /// <summary>The client data are not one JSON object with the members that they need, or name a member twice.</summary>
    public const string ClientDataMalformed = "fido2.client_data_malformed";

    /// <summary>The client data are of the other ceremony, or of something else.</summary>
    public const string ClientDataType = "fido2.client_data_type";

    /// <summary>The challenge is not the one that was issued.</summary>
    public const string ChallengeMismatch = "fido2.challenge_mismatch";

    /// <summary>The origin is none that the relying party expects.</summary>
    public const string OriginUnexpected = "fido2.origin_unexpected";

    /// <summary>The ceremony ran in a frame of another origin, which the relying party does not expect.</summary>
    public const string CrossOriginUnexpected = "fido2.cross_origin_unexpected";

    /// <summary>The page around the frame is none that the relying party expects.</summary>
    public const string TopOriginUnexpected = "fido2.top_origin_unexpected";

    /// <summary>The credential is scoped to another relying party.</summary>
    public const string RpIdHashMismatch = "fido2.rp_id_hash_mismatch";

    /// <summary>Nobody was present at the authenticator.</summary>
    public const string UserNotPresent = "fido2.user_not_present";

    /// <summary>User verification was required and did not happen.</summary>
    public const string UserNotVerified = "fido2.user_not_verified";

    /// <summary>The credential says that it is backed up though it cannot be.</summary>
    public const string BackupStateWithoutEligibility = "fido2.backup_state_without_eligibility";

    /// <summary>Policy does not accept a credential with this backup eligibility.</summary>
    public const string BackupEligibilityRefused = "fido2.backup_eligibility_refused";

    /// <summary>Policy does not accept a credential in this backup state.</summary>
    public const string BackupStateRefused = "fido2.backup_state_refused";

    /// <summary>The backup eligibility is another than at registration, which no authenticator may do.</summary>
    public const string BackupEligibilityChanged = "fido2.backup_eligibility_changed";

    /// <summary>The key's algorithm is none that was offered, or none that policy allows.</summary>
    public const string AlgorithmNotAllowed = "fido2.algorithm_not_allowed";

    /// <summary>An assertion carries attested credential data, which only a registration has.</summary>
    public const string AttestedDataUnexpected = "fido2.attested_data_unexpected";

    /// <summary>The signature is not one of this credential's key over this response.</summary>
    public const string SignatureInvalid = "fido2.signature_invalid";

    /// <summary>The signature counter stood still or went back, and policy refuses that.</summary>
    public const string CounterNotAdvanced = "fido2.counter_not_advanced";

    /// <summary>The output of an extension does not have the form that its definition gives it.</summary>
    public const string ExtensionMalformed = "fido2.extension_malformed";

    /// <summary>An extension answered that was not asked, and policy refuses that.</summary>
    public const string ExtensionUnsolicited = "fido2.extension_unsolicited";

    /// <summary>The options are not JSON of the form that WebAuthn L3 §5.1.8 or §5.1.9 gives them.</summary>
    public const string OptionsMalformed = "fido2.options_malformed";

    /// <summary>A stored credential record is damaged.</summary>
    public const string RecordMalformed = "fido2.record_malformed";

    /// <summary>The ceremony state is none of this server, or of another session, user or kind of ceremony, or was changed.</summary>
    public const string StateNotAuthentic = "fido2.state_not_authentic";

    /// <summary>The ceremony took longer than its state is good for.</summary>
    public const string StateExpired = "fido2.state_expired";

    /// <summary>The document of related origins is not of the form that WebAuthn L3 §5.11 gives it.</summary>
    public const string RelatedOriginsMalformed = "fido2.related_origins_malformed";
}
