namespace MedId.OAuth;

/// <summary>Names of form parameters, and of the claims of a signed request.</summary>
public static class OAuthParameters
{
    /// <summary>RFC 6749 §4.</summary>
    public const string GrantType = "grant_type";

    /// <summary>RFC 6749 §2.3.1.</summary>
    public const string ClientId = "client_id";

    /// <summary>RFC 6749 §2.3.1.</summary>
    public const string ClientSecret = "client_secret";

    /// <summary>RFC 7521 §4.2.</summary>
    public const string ClientAssertion = "client_assertion";

    /// <summary>RFC 7521 §4.2.</summary>
    public const string ClientAssertionType = "client_assertion_type";

    /// <summary>RFC 6749 §3.3.</summary>
    public const string Scope = "scope";

    /// <summary>RFC 6749 §6.</summary>
    public const string RefreshToken = "refresh_token";

    /// <summary>RFC 8707 §2.</summary>
    public const string Resource = "resource";

    /// <summary>RFC 7662 §2.1, RFC 7009 §2.1.</summary>
    public const string Token = "token";

    /// <summary>RFC 7662 §2.1, RFC 7009 §2.1.</summary>
    public const string TokenTypeHint = "token_type_hint";

    /// <summary>CIBA Core §7.1.1.</summary>
    public const string Request = "request";

    /// <summary>CIBA Core §7.3, §10.1.</summary>
    public const string AuthReqId = "auth_req_id";

    /// <summary>CIBA Core §7.1.</summary>
    public const string ClientNotificationToken = "client_notification_token";

    /// <summary>CIBA Core §7.1.</summary>
    public const string AcrValues = "acr_values";

    /// <summary>CIBA Core §7.1.</summary>
    public const string LoginHintToken = "login_hint_token";

    /// <summary>CIBA Core §7.1.</summary>
    public const string IdTokenHint = "id_token_hint";

    /// <summary>CIBA Core §7.1.</summary>
    public const string LoginHint = "login_hint";

    /// <summary>CIBA Core §7.1.</summary>
    public const string BindingMessage = "binding_message";

    /// <summary>CIBA Core §7.1.</summary>
    public const string UserCode = "user_code";

    /// <summary>CIBA Core §7.1.</summary>
    public const string RequestedExpiry = "requested_expiry";

    /// <summary>FAPI-CIBA §5.2.2: what the client knows about where it is asked from, as a JSON object.</summary>
    public const string RequestContext = "request_context";

    /// <summary>RFC 9396 §2.</summary>
    public const string AuthorizationDetails = "authorization_details";

    /// <summary>RFC 8693 §2.1: who acts; in a CIBA request the evidence of the practitioner.</summary>
    public const string ActorToken = "actor_token";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string ActorTokenType = "actor_token_type";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string SubjectToken = "subject_token";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string SubjectTokenType = "subject_token_type";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string RequestedTokenType = "requested_token_type";

    /// <summary>RFC 8693 §2.1.</summary>
    public const string Audience = "audience";
}
