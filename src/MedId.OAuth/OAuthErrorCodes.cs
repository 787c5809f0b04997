using MedId.Core;

namespace MedId.OAuth;

/// <summary>The codes that this package refuses with. The first part are its own; the second part are errors that the authorization server named on the wire.</summary>
public static partial class OAuthErrorCodes
{
    /// <summary>The metadata has no, or not the right, members.</summary>
    public const string MetadataMalformed = "oauth.metadata_malformed";

    /// <summary>The metadata's issuer is not the one that was asked.</summary>
    public const string IssuerMismatch = "oauth.issuer_mismatch";

    /// <summary>A URL is not https, and not plain http on loopback where that was allowed by name.</summary>
    public const string EndpointNotHttps = "oauth.endpoint_not_https";

    /// <summary>A URL that names an address inside: loopback, private, link-local or of special use.</summary>
    public const string AddressNotPublic = "oauth.address_not_public";

    /// <summary>The server's metadata lacks the endpoint that is needed.</summary>
    public const string EndpointMissing = "oauth.endpoint_missing";

    /// <summary>Client metadata with a member of a wrong type or value.</summary>
    public const string ClientMetadataMalformed = "oauth.client_metadata_malformed";

    /// <summary>A client authentication method that is not known here.</summary>
    public const string AuthenticationMethodUnsupported = "oauth.authentication_method_unsupported";

    /// <summary>Client metadata whose members go against each other.</summary>
    public const string ClientMetadataInconsistent = "oauth.client_metadata_inconsistent";

    /// <summary>The server answered with a redirect.</summary>
    public const string RedirectRefused = "oauth.redirect_refused";

    /// <summary>The answer is larger than allowed.</summary>
    public const string ResponseTooLarge = "oauth.response_too_large";

    /// <summary>The answer has another media type than the protocol asks for.</summary>
    public const string MediaTypeUnexpected = "oauth.media_type_unexpected";

    /// <summary>The status says that something failed and the body is no OAuth error.</summary>
    public const string ErrorResponseMalformed = "oauth.error_response_malformed";

    /// <summary>A token answer that lacks members, or has them with a wrong type.</summary>
    public const string TokenResponseMalformed = "oauth.token_response_malformed";

    /// <summary>A token answer with another token type than Bearer.</summary>
    public const string TokenTypeUnsupported = "oauth.token_type_unsupported";

    /// <summary>An introspection answer that lacks members, or has them with a wrong type.</summary>
    public const string IntrospectionResponseMalformed = "oauth.introspection_response_malformed";

    /// <summary>The introspection answer is not signed.</summary>
    public const string IntrospectionUnsigned = "oauth.introspection_unsigned";

    /// <summary>The server refused with an error that is not in the standards known here.</summary>
    public const string UnknownError = "oauth.unknown_error";

    /// <summary><c>invalid_request</c> on the wire.</summary>
    public const string InvalidRequest = "oauth.invalid_request";

    /// <summary><c>invalid_client</c> on the wire.</summary>
    public const string InvalidClient = "oauth.invalid_client";

    /// <summary><c>invalid_grant</c> on the wire.</summary>
    public const string InvalidGrant = "oauth.invalid_grant";

    /// <summary><c>unauthorized_client</c> on the wire.</summary>
    public const string UnauthorizedClient = "oauth.unauthorized_client";

    /// <summary><c>unsupported_grant_type</c> on the wire.</summary>
    public const string UnsupportedGrantType = "oauth.unsupported_grant_type";

    /// <summary><c>invalid_scope</c> on the wire.</summary>
    public const string InvalidScope = "oauth.invalid_scope";

    /// <summary><c>invalid_target</c> on the wire.</summary>
    public const string InvalidTarget = "oauth.invalid_target";

    /// <summary><c>invalid_authorization_details</c> on the wire.</summary>
    public const string InvalidAuthorizationDetails = "oauth.invalid_authorization_details";

    /// <summary><c>access_denied</c> on the wire.</summary>
    public const string AccessDenied = "oauth.access_denied";

    /// <summary><c>authorization_pending</c> on the wire.</summary>
    public const string AuthorizationPending = "oauth.authorization_pending";

    /// <summary><c>slow_down</c> on the wire.</summary>
    public const string SlowDown = "oauth.slow_down";

    /// <summary><c>expired_token</c> on the wire.</summary>
    public const string ExpiredToken = "oauth.expired_token";

    /// <summary><c>expired_login_hint_token</c> on the wire.</summary>
    public const string ExpiredLoginHintToken = "oauth.expired_login_hint_token";

    /// <summary><c>unknown_user_id</c> on the wire.</summary>
    public const string UnknownUserId = "oauth.unknown_user_id";

    /// <summary><c>missing_user_code</c> on the wire.</summary>
    public const string MissingUserCode = "oauth.missing_user_code";

    /// <summary><c>invalid_user_code</c> on the wire.</summary>
    public const string InvalidUserCode = "oauth.invalid_user_code";

    /// <summary><c>invalid_binding_message</c> on the wire.</summary>
    public const string InvalidBindingMessage = "oauth.invalid_binding_message";

    /// <summary><c>transaction_failed</c> on the wire.</summary>
    public const string TransactionFailed = "oauth.transaction_failed";

    /// <summary><c>unsupported_token_type</c> on the wire.</summary>
    public const string UnsupportedTokenType = "oauth.unsupported_token_type";

    /// <summary><c>temporarily_unavailable</c> on the wire, or HTTP 503.</summary>
    public const string TemporarilyUnavailable = "oauth.temporarily_unavailable";

    /// <summary><c>server_error</c> on the wire, or another HTTP 5xx.</summary>
    public const string ServerError = "oauth.server_error";

    internal static (string Code, ErrorCategory Category) Of(string error) => error switch
    {
        OAuthErrorNames.InvalidRequest => (InvalidRequest, ErrorCategory.Protocol),
        OAuthErrorNames.InvalidClient => (InvalidClient, ErrorCategory.Untrusted),
        OAuthErrorNames.InvalidGrant => (InvalidGrant, ErrorCategory.State),
        OAuthErrorNames.UnauthorizedClient => (UnauthorizedClient, ErrorCategory.Policy),
        OAuthErrorNames.UnsupportedGrantType => (UnsupportedGrantType, ErrorCategory.Unsupported),
        OAuthErrorNames.InvalidScope => (InvalidScope, ErrorCategory.Protocol),
        OAuthErrorNames.InvalidTarget => (InvalidTarget, ErrorCategory.Protocol),
        OAuthErrorNames.InvalidAuthorizationDetails => (InvalidAuthorizationDetails, ErrorCategory.Protocol),
        OAuthErrorNames.AccessDenied => (AccessDenied, ErrorCategory.Policy),
        OAuthErrorNames.AuthorizationPending => (AuthorizationPending, ErrorCategory.State),
        OAuthErrorNames.SlowDown => (SlowDown, ErrorCategory.State),
        OAuthErrorNames.ExpiredToken => (ExpiredToken, ErrorCategory.State),
        OAuthErrorNames.ExpiredLoginHintToken => (ExpiredLoginHintToken, ErrorCategory.State),
        OAuthErrorNames.UnknownUserId => (UnknownUserId, ErrorCategory.Protocol),
        OAuthErrorNames.MissingUserCode => (MissingUserCode, ErrorCategory.Protocol),
        OAuthErrorNames.InvalidUserCode => (InvalidUserCode, ErrorCategory.Untrusted),
        OAuthErrorNames.InvalidBindingMessage => (InvalidBindingMessage, ErrorCategory.Protocol),
        OAuthErrorNames.TransactionFailed => (TransactionFailed, ErrorCategory.State),
        OAuthErrorNames.UnsupportedTokenType => (UnsupportedTokenType, ErrorCategory.Unsupported),
        OAuthErrorNames.InvalidDpopProof => (InvalidDpopProof, ErrorCategory.Untrusted),
        OAuthErrorNames.UseDpopNonce => (UseDpopNonce, ErrorCategory.State),
        OAuthErrorNames.TemporarilyUnavailable => (TemporarilyUnavailable, ErrorCategory.State),
        OAuthErrorNames.ServerError => (ServerError, ErrorCategory.State),
        _ => (UnknownError, ErrorCategory.Protocol),
    };
}
