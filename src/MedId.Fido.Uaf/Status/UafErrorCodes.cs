namespace MedId.Fido.Uaf;

/// <summary>The codes of this package's refusals. Stable; <see cref="UafStatusCodes"/> maps them to the numbers of the wire.</summary>
public static class UafErrorCodes
{
    /// <summary>The message is no JSON text, has a member twice, or is too long or too deep.</summary>
    public const string NotJson = "uaf.not_json";

    /// <summary>A response lacks a member, or a member has a wrong type or length.</summary>
    public const string ResponseMalformed = "uaf.response_malformed";

    /// <summary>A request or policy lacks a member, or a member has a wrong type or length.</summary>
    public const string RequestMalformed = "uaf.request_malformed";

    /// <summary>A message of the HTTP binding lacks a member, or a member has a wrong type or length.</summary>
    public const string TransportMalformed = "uaf.transport_malformed";

    /// <summary>A metadata statement lacks a member, or a member has a wrong type or length.</summary>
    public const string MetadataMalformed = "uaf.metadata_malformed";

    /// <summary>A binary member is not strict base64url (padding, line breaks, foreign characters, loose trailing bits), or has a length outside its limits.</summary>
    public const string Encoding = "uaf.encoding";

    /// <summary>No entry of the message has a version that was asked for and is spoken here.</summary>
    public const string VersionUnsupported = "uaf.version_unsupported";

    /// <summary>Two entries of one version.</summary>
    public const string VersionDuplicate = "uaf.version_duplicate";

    /// <summary>The operation is another than the one asked for.</summary>
    public const string OperationMismatch = "uaf.operation_mismatch";

    /// <summary>The server data is not what was sent.</summary>
    public const string ServerDataMismatch = "uaf.server_data_mismatch";

    /// <summary>The final challenge parameters lack a member, or a member has a wrong type or length.</summary>
    public const string FinalChallengeParamsMalformed = "uaf.final_challenge_params_malformed";

    /// <summary>The application is another.</summary>
    public const string AppIdMismatch = "uaf.app_id_mismatch";

    /// <summary>The app that answered is not on the trusted facet list.</summary>
    public const string FacetUntrusted = "uaf.facet_untrusted";

    /// <summary>The TLS channel that the client saw is not ours, or it did not say.</summary>
    public const string ChannelBinding = "uaf.channel_binding";

    /// <summary>The challenge is not the one that was sent.</summary>
    public const string ChallengeMismatch = "uaf.challenge_mismatch";

    /// <summary>The challenge is too old.</summary>
    public const string ChallengeExpired = "uaf.challenge_expired";

    /// <summary>The challenge was answered before.</summary>
    public const string ChallengeUsed = "uaf.challenge_used";

    /// <summary>The challenge was sent by nobody here, or for another session.</summary>
    public const string ChallengeForeign = "uaf.challenge_foreign";

    /// <summary>Protected server data was not made here, or was changed.</summary>
    public const string ServerDataInvalid = "uaf.server_data_invalid";

    /// <summary>Protected server data is too old.</summary>
    public const string ServerDataExpired = "uaf.server_data_expired";

    /// <summary>The answer carries several assertions where one is taken.</summary>
    public const string AssertionCount = "uaf.assertion_count";

    /// <summary>The assertion's TLV cannot be read.</summary>
    public const string AssertionMalformed = "uaf.assertion_malformed";

    /// <summary>A TLV element that may stand once stands twice.</summary>
    public const string TagDuplicate = "uaf.tag_duplicate";

    /// <summary>A mandatory TLV element is missing.</summary>
    public const string TagMissing = "uaf.tag_missing";

    /// <summary>A known TLV element stands where it has no meaning.</summary>
    public const string TagUnexpected = "uaf.tag_unexpected";

    /// <summary>An unknown TLV element demands to be understood.</summary>
    public const string TagUnknownCritical = "uaf.tag_unknown_critical";

    /// <summary>Bytes stand behind the assertion.</summary>
    public const string TrailingBytes = "uaf.trailing_bytes";

    /// <summary>A TLV value has a length that it cannot have.</summary>
    public const string FieldLength = "uaf.field_length";

    /// <summary>The KeyID is too short, too long, or no fixed-length KeyID where the model has no key handles.</summary>
    public const string KeyIdLength = "uaf.key_id_length";

    /// <summary>The authenticator's nonce is shorter than 8 bytes.</summary>
    public const string NonceLength = "uaf.nonce_length";

    /// <summary>The model is not in the metadata.</summary>
    public const string AaidUnknown = "uaf.aaid_unknown";

    /// <summary>The assertion scheme is another than that of the model.</summary>
    public const string SchemeMismatch = "uaf.scheme_mismatch";

    /// <summary>The model is revoked or compromised.</summary>
    public const string AuthenticatorRevoked = "uaf.authenticator_revoked";

    /// <summary>The authenticator is not one that the policy asked for.</summary>
    public const string PolicyNotMet = "uaf.policy_not_met";

    /// <summary>The signature algorithm is another than registered, or none of the model's.</summary>
    public const string AlgorithmMismatch = "uaf.algorithm_mismatch";

    /// <summary>The signature algorithm is not accepted here.</summary>
    public const string AlgorithmUnsupported = "uaf.algorithm_unsupported";

    /// <summary>The encoding of the public key is none of the model's, or does not fit the algorithm.</summary>
    public const string KeyFormatMismatch = "uaf.key_format_mismatch";

    /// <summary>The registration carries no attestation.</summary>
    public const string AttestationMissing = "uaf.attestation_missing";

    /// <summary>The type of attestation is none of the model's, or not the one the policy prefers.</summary>
    public const string AttestationType = "uaf.attestation_type";

    /// <summary>Surrogate attestation from a model that can prove itself.</summary>
    public const string AttestationDowngrade = "uaf.attestation_downgrade";

    /// <summary>The attestation certificate does not lead to a certificate of the metadata.</summary>
    public const string AttestationUntrusted = "uaf.attestation_untrusted";

    /// <summary>The attestation's signature does not hold.</summary>
    public const string AttestationSignatureInvalid = "uaf.attestation_signature_invalid";

    /// <summary>ECDAA attestation is not verified by this library.</summary>
    public const string EcdaaUnsupported = "uaf.ecdaa_unsupported";

    /// <summary>The signed hash is not that of the final challenge parameters.</summary>
    public const string FinalChallengeMismatch = "uaf.final_challenge_mismatch";

    /// <summary>The authentication mode is not the one that the request leads to.</summary>
    public const string Mode = "uaf.mode";

    /// <summary>The authenticator's version is lower than the metadata or the registration says.</summary>
    public const string AuthenticatorOutdated = "uaf.authenticator_outdated";

    /// <summary>The registration counter is exceedingly high.</summary>
    public const string RegistrationCounter = "uaf.registration_counter";

    /// <summary>The public key cannot be a key of its algorithm.</summary>
    public const string PublicKeyInvalid = "uaf.public_key_invalid";

    /// <summary>An extension that must be understood is not known.</summary>
    public const string ExtensionUnknown = "uaf.extension_unknown";

    /// <summary>The key is already registered.</summary>
    public const string AlreadyRegistered = "uaf.already_registered";

    /// <summary>No registration has this key.</summary>
    public const string KeyUnknown = "uaf.key_unknown";

    /// <summary>The key is registered for another user.</summary>
    public const string KeyOfOtherUser = "uaf.key_of_other_user";

    /// <summary>What was confirmed is not what was sent.</summary>
    public const string TransactionMismatch = "uaf.transaction_mismatch";

    /// <summary>What was confirmed is no transaction of the standard: text beyond ASCII.</summary>
    public const string TransactionContent = "uaf.transaction_content";

    /// <summary>The signature does not hold.</summary>
    public const string SignatureInvalid = "uaf.signature_invalid";

    /// <summary>The signature counter did not advance: the authenticator may be a copy.</summary>
    public const string CounterNotAdvanced = "uaf.counter_not_advanced";
}
