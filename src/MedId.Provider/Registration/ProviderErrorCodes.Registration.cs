namespace MedId.Provider;

/// <content>Why a client is not registered, one code for what has to be put right; the detail begins with the member.</content>
public static partial class ProviderErrorCodes
{
    /// <summary><c>token_endpoint_auth_method</c>: this OP does not take it.</summary>
    public const string ClientMethodNotOffered = "provider.client_method_not_offered";

    /// <summary><c>token_endpoint_auth_method</c>: a certificate, and nobody takes certificates here.</summary>
    public const string ClientCertificatesNotTaken = "provider.client_certificates_not_taken";

    /// <summary><c>token_endpoint_auth_method</c>: a certificate of an authority, and nobody verifies chains here.</summary>
    public const string ClientChainsNotVerified = "provider.client_chains_not_verified";

    /// <summary>An algorithm with which the client signs is not allowed here: it could never authenticate, or never ask.</summary>
    public const string ClientAlgorithmNotAllowed = "provider.client_algorithm_not_allowed";

    /// <summary><c>jwks_uri</c>: no https URL.</summary>
    public const string ClientKeysUrlRefused = "provider.client_keys_url_refused";

    /// <summary><c>jwks_uri</c>: nobody fetches keys here.</summary>
    public const string ClientKeysNotFetched = "provider.client_keys_not_fetched";

    /// <summary><c>id_token_signed_response_alg</c> or <c>introspection_signed_response_alg</c>: no key of this OP signs with it.</summary>
    public const string ClientSigningKeyMissing = "provider.client_signing_key_missing";

    /// <summary><c>id_token_encrypted_response_alg</c>: no key in <c>jwks</c> fits it.</summary>
    public const string ClientEncryptionKeyMissing = "provider.client_encryption_key_missing";

    /// <summary><c>sector_identifier_uri</c>: not an https URL that leads out.</summary>
    public const string ClientSectorUrlRefused = "provider.client_sector_url_refused";

    /// <summary>CIBA or the profile forbids it.</summary>
    public const string ClientCibaRefused = "provider.client_ciba_refused";

    /// <summary><c>grant_types</c>: the OP's choice of reuse needs <c>refresh_token</c>.</summary>
    public const string ClientRefreshNotRegistered = "provider.client_refresh_not_registered";

    /// <summary><c>grant_types</c>: a resource server has none.</summary>
    public const string ClientGrantsOfResourceServer = "provider.client_grants_of_resource_server";

    /// <summary>A law forbids every consent to this client, by what its notice states or because there is none.</summary>
    public const string ClientLawRefused = "provider.client_law_refused";
}
