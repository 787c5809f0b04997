namespace MedId.OAuth;

/// <summary>The values of <c>error</c> on the wire (RFC 6749 §5.2, RFC 6750 §3.1, RFC 8707 §2, RFC 9449, RFC 9470, CIBA Core §§11–13).</summary>
public static class OAuthErrorNames
{
    /// <summary>A parameter is missing, repeated, malformed, or goes against another.</summary>
    public const string InvalidRequest = "invalid_request";

    /// <summary>The client could not be authenticated.</summary>
    public const string InvalidClient = "invalid_client";

    /// <summary>The grant, refresh token or auth_req_id is unknown, somebody else's, used, expired or revoked.</summary>
    public const string InvalidGrant = "invalid_grant";

    /// <summary>This client may not do this.</summary>
    public const string UnauthorizedClient = "unauthorized_client";

    /// <summary>The server does not offer the grant type.</summary>
    public const string UnsupportedGrantType = "unsupported_grant_type";

    /// <summary>A scope is unknown, malformed, or more than may be had.</summary>
    public const string InvalidScope = "invalid_scope";

    /// <summary>The resource is unknown or may not be asked for (RFC 8707 §2).</summary>
    public const string InvalidTarget = "invalid_target";

    /// <summary>RFC 9396 §5.</summary>
    public const string InvalidAuthorizationDetails = "invalid_authorization_details";

    /// <summary>The person, or the server's policy, said no.</summary>
    public const string AccessDenied = "access_denied";

    /// <summary>The person has not decided yet (CIBA Core §11).</summary>
    public const string AuthorizationPending = "authorization_pending";

    /// <summary>As <see cref="AuthorizationPending"/>, and the client asks too often: five seconds more from now on (CIBA Core §11).</summary>
    public const string SlowDown = "slow_down";

    /// <summary>The auth_req_id has expired (CIBA Core §11).</summary>
    public const string ExpiredToken = "expired_token";

    /// <summary>The login_hint_token has expired (CIBA Core §13).</summary>
    public const string ExpiredLoginHintToken = "expired_login_hint_token";

    /// <summary>The hint names nobody that the server knows (CIBA Core §13).</summary>
    public const string UnknownUserId = "unknown_user_id";

    /// <summary>The user code is needed and absent (CIBA Core §13).</summary>
    public const string MissingUserCode = "missing_user_code";

    /// <summary>The user code is wrong (CIBA Core §13).</summary>
    public const string InvalidUserCode = "invalid_user_code";

    /// <summary>The binding message cannot be shown (CIBA Core §13).</summary>
    public const string InvalidBindingMessage = "invalid_binding_message";

    /// <summary>The transaction ended for another reason (CIBA Core §12).</summary>
    public const string TransactionFailed = "transaction_failed";

    /// <summary>A resource server refuses the access token (RFC 6750 §3.1).</summary>
    public const string InvalidToken = "invalid_token";

    /// <summary>The access token's scope is not enough (RFC 6750 §3.1).</summary>
    public const string InsufficientScope = "insufficient_scope";

    /// <summary>The DPoP proof is missing where it is needed, or not right (RFC 9449 §5, §7.1).</summary>
    public const string InvalidDpopProof = "invalid_dpop_proof";

    /// <summary>The DPoP proof has to carry the server's nonce (RFC 9449 §8, §9).</summary>
    public const string UseDpopNonce = "use_dpop_nonce";

    /// <summary>The person has to authenticate better or anew for this resource (RFC 9470 §3).</summary>
    public const string InsufficientUserAuthentication = "insufficient_user_authentication";

    /// <summary>The kind of token cannot be revoked here (RFC 7009 §2.2.1).</summary>
    public const string UnsupportedTokenType = "unsupported_token_type";

    /// <summary>The server cannot answer now (RFC 6749 §4.1.2.1).</summary>
    public const string TemporarilyUnavailable = "temporarily_unavailable";

    /// <summary>The server failed (RFC 6749 §4.1.2.1).</summary>
    public const string ServerError = "server_error";
}
