namespace MedId.Ciba.Client;

/// <summary>The codes that this package refuses a server's answers with. What the server itself refuses keeps its OAuth name: <c>oauth.access_denied</c>.</summary>
public static class CibaClientErrorCodes
{
    /// <summary>The server does not deliver tokens by poll.</summary>
    public const string PollNotSupported = "ciba_client.poll_not_supported";

    /// <summary>The server does not take requests signed with this client's algorithm.</summary>
    public const string SigningAlgorithmNotSupported = "ciba_client.signing_algorithm_not_supported";

    /// <summary>The answer to the backchannel request lacks members, or has them with a wrong type or range.</summary>
    public const string AcknowledgementMalformed = "ciba_client.acknowledgement_malformed";

    /// <summary>The request expired before anybody decided; the client stopped asking.</summary>
    public const string GaveUp = "ciba_client.gave_up";

    /// <summary>The token answer has no ID token.</summary>
    public const string IdTokenMissing = "ciba_client.id_token_missing";

    /// <summary>The ID token is for others besides this client.</summary>
    public const string AudienceNotSingle = "ciba_client.audience_not_single";

    /// <summary>The ID token's authorized party is another client.</summary>
    public const string AuthorizedPartyMismatch = "ciba_client.authorized_party_mismatch";

    /// <summary>The ID token was issued before the request was made.</summary>
    public const string IssuedBeforeRequest = "ciba_client.issued_before_request";

    /// <summary>The authentication is said to have happened later than now.</summary>
    public const string AuthTimeInFuture = "ciba_client.auth_time_in_future";

    /// <summary>A refresh came with another time of authentication than the ID token before it.</summary>
    public const string AuthTimeChanged = "ciba_client.auth_time_changed";

    /// <summary>A claim of the ID token has another type than its definition says.</summary>
    public const string ClaimMalformed = "ciba_client.claim_malformed";

    /// <summary>The ID token's hash is not that of the access token.</summary>
    public const string AccessTokenHashMismatch = "ciba_client.access_token_hash_mismatch";

    /// <summary>The ID token's hash is not that of the refresh token, or there is none.</summary>
    public const string RefreshTokenHashMismatch = "ciba_client.refresh_token_hash_mismatch";

    /// <summary>The ID token belongs to another request.</summary>
    public const string AuthReqIdMismatch = "ciba_client.auth_req_id_mismatch";

    /// <summary>A consent to process lacks what its form needs.</summary>
    public const string ProcessingConsentIncomplete = "ciba_client.processing_consent_incomplete";

    /// <summary>The person gave no consent to process for this purpose.</summary>
    public const string ProcessingConsentMissing = "ciba_client.processing_consent_missing";

    /// <summary>The consent to process is past its end.</summary>
    public const string ProcessingConsentExpired = "ciba_client.processing_consent_expired";

    /// <summary>The consent to process was taken back.</summary>
    public const string ProcessingConsentWithdrawn = "ciba_client.processing_consent_withdrawn";

    /// <summary>The proof of a consent to process is for another client or another person's request, or too old.</summary>
    public const string ProcessingProofMismatch = "ciba_client.processing_proof_mismatch";

    /// <summary>The authentication was of none of the classes that were asked for.</summary>
    public const string AcrNotRequested = "ciba_client.acr_not_requested";

    /// <summary>The server does not deliver tokens in the mode that this client is registered for.</summary>
    public const string DeliveryModeNotSupported = "ciba_client.delivery_mode_not_supported";

    /// <summary>The server does not offer the CIBA grant.</summary>
    public const string GrantNotSupported = "ciba_client.grant_not_supported";

    /// <summary>Tokens are to be bound to the client's certificate, and the server does not say that it binds them.</summary>
    public const string BindingNotSupported = "ciba_client.binding_not_supported";

    /// <summary>More was granted than was asked for.</summary>
    public const string ScopeWidened = "ciba_client.scope_widened";

    /// <summary>The ID token is confirmed by another key or certificate than this client's.</summary>
    public const string ConfirmationMismatch = "ciba_client.confirmation_mismatch";

    /// <summary>The tokens came, but the server's keys did not: nobody can tell whether they are genuine, so they are given up.</summary>
    public const string KeysUnreachable = "ciba_client.keys_unreachable";

    /// <summary>A notification lacks members, or has them with a wrong type, or both tokens and an error.</summary>
    public const string NotificationMalformed = "ciba_client.notification_malformed";

    /// <summary>A notification whose bearer is not that of a waiting request.</summary>
    public const string NotificationNotAuthenticated = "ciba_client.notification_not_authenticated";

    /// <summary>A notification of another kind than this client is registered for.</summary>
    public const string NotificationUnexpected = "ciba_client.notification_unexpected";

    /// <summary>The notification came before its request is known here, at its start or after a restart; the OP sends it again.</summary>
    public const string NotificationEarly = "ciba_client.notification_early";

    /// <summary>A stored request was redeemed, but nobody kept the tokens: a process ended between the two.</summary>
    public const string RedemptionLost = "ciba_client.redemption_lost";

    /// <summary>As many requests wait as may.</summary>
    public const string TooManyPending = "ciba_client.too_many_pending";
}
