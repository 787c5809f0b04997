namespace MedId.Fido2;

/// <summary>Codes of refusals of U2F messages. What attestation is refused for has the codes of <see cref="Fido2ErrorCodes"/>.</summary>
public static class U2fErrorCodes
{
    /// <summary>A raw registration response does not have its form.</summary>
    public const string RegistrationMalformed = "u2f.registration_malformed";

    /// <summary>A raw authentication response does not have its form.</summary>
    public const string SignResponseMalformed = "u2f.sign_response_malformed";

    /// <summary>The registered key is no point on P-256.</summary>
    public const string KeyMalformed = "u2f.key_malformed";

    /// <summary>The attestation certificate cannot be read, or its key is not on P-256.</summary>
    public const string CertificateMalformed = "u2f.certificate_malformed";

    /// <summary>The key of the attestation certificate did not sign the registration.</summary>
    public const string AttestationSignatureInvalid = "u2f.attestation_signature_invalid";

    /// <summary>Client data are not one JSON object with the members of U2F.</summary>
    public const string ClientDataMalformed = "u2f.client_data_malformed";

    /// <summary>Client data are of the other operation.</summary>
    public const string ClientDataType = "u2f.client_data_type";

    /// <summary>Client data carry another challenge than the one sent.</summary>
    public const string ChallengeMismatch = "u2f.challenge_mismatch";

    /// <summary>Client data name a facet that is not one of the AppID's.</summary>
    public const string FacetUnexpected = "u2f.facet_unexpected";

    /// <summary>The answer is of another key handle than the registered one.</summary>
    public const string KeyHandleMismatch = "u2f.key_handle_mismatch";

    /// <summary>The registered key did not sign the answer.</summary>
    public const string SignatureInvalid = "u2f.signature_invalid";

    /// <summary>Nobody was present when the key signed.</summary>
    public const string UserNotPresent = "u2f.user_not_present";

    /// <summary>The counter is not above the last one: a copy of the key may exist.</summary>
    public const string CounterNotAdvanced = "u2f.counter_not_advanced";
}
