namespace MedId.Ciba.Server;

/// <summary>The codes that this package refuses untrusted input with. A signed request is also refused with the <c>jose.*</c> codes of its verifier.</summary>
public static partial class CibaErrorCodes
{
    /// <summary>The client is not registered for CIBA.</summary>
    public const string ClientNotRegistered = "ciba.client_not_registered";

    /// <summary>The client registered a delivery mode that this server does not offer.</summary>
    public const string DeliveryModeUnsupported = "ciba.delivery_mode_unsupported";

    /// <summary>The request has to be signed and is not.</summary>
    public const string RequestUnsigned = "ciba.request_unsigned";

    /// <summary>A signed request of a client that registered no algorithm for it.</summary>
    public const string RequestSigningNotRegistered = "ciba.request_signing_not_registered";

    /// <summary><c>request_uri</c> is not a parameter of CIBA.</summary>
    public const string RequestUriUnsupported = "ciba.request_uri_unsupported";

    /// <summary>A parameter stands beside the signed request.</summary>
    public const string RequestParameterOutside = "ciba.request_parameter_outside";

    /// <summary>A request inside the signed request.</summary>
    public const string RequestNested = "ciba.request_nested";

    /// <summary>The signed request could be taken for a client assertion: its subject is the client.</summary>
    public const string RequestSubjectIsClient = "ciba.request_subject_is_client";

    /// <summary>The signed request names another client than its issuer.</summary>
    public const string RequestClientMismatch = "ciba.request_client_mismatch";

    /// <summary>The signed request was used before.</summary>
    public const string RequestReplayed = "ciba.request_replayed";

    /// <summary>A parameter has another type or form than its definition says.</summary>
    public const string ParameterMalformed = "ciba.parameter_malformed";

    /// <summary>None of the three hints is there.</summary>
    public const string HintMissing = "ciba.hint_missing";

    /// <summary>More than one hint is there.</summary>
    public const string HintMultiple = "ciba.hint_multiple";

    /// <summary>There is no scope.</summary>
    public const string ScopeMissing = "ciba.scope_missing";

    /// <summary>The scope is not a list of scope tokens.</summary>
    public const string ScopeMalformed = "ciba.scope_malformed";

    /// <summary>The scope does not hold <c>openid</c>.</summary>
    public const string ScopeWithoutOpenId = "ciba.scope_without_openid";

    /// <summary>The client may not ask for one of the scopes.</summary>
    public const string ScopeNotAllowed = "ciba.scope_not_allowed";

    /// <summary>The binding message breaks the rule of what can be shown.</summary>
    public const string BindingMessageRefused = "ciba.binding_message_refused";

    /// <summary>A binding message is needed and absent.</summary>
    public const string BindingMessageMissing = "ciba.binding_message_missing";

    /// <summary><c>requested_expiry</c> is not a positive integer.</summary>
    public const string RequestedExpiryMalformed = "ciba.requested_expiry_malformed";

    /// <summary>None of the <c>acr_values</c> is known here.</summary>
    public const string AcrUnknown = "ciba.acr_unknown";

    /// <summary>The resource is malformed, or not one that the client may ask for.</summary>
    public const string ResourceRefused = "ciba.resource_refused";

    /// <summary>An actor token outside a signed request.</summary>
    public const string ActorTokenUnsigned = "ciba.actor_token_unsigned";

    /// <summary><c>actor_token_type</c> is missing, alone, or not the JWT type.</summary>
    public const string ActorTokenTypeUnsupported = "ciba.actor_token_type_unsupported";

    /// <summary><c>authorization_details</c> outside a signed request.</summary>
    public const string AuthorizationDetailsUnsigned = "ciba.authorization_details_unsigned";

    /// <summary><c>authorization_details</c> is not an array of objects with a type each, or longer than is read.</summary>
    public const string AuthorizationDetailsMalformed = "ciba.authorization_details_malformed";

    /// <summary>The <c>id_token_hint</c> is not an ID token of this server for this client.</summary>
    public const string IdTokenHintInvalid = "ciba.id_token_hint_invalid";

    /// <summary>The <c>id_token_hint</c> was issued too long ago.</summary>
    public const string IdTokenHintTooOld = "ciba.id_token_hint_too_old";

    /// <summary>This server takes no <c>login_hint_token</c>.</summary>
    public const string LoginHintTokenUnsupported = "ciba.login_hint_token_unsupported";

    /// <summary>The <c>login_hint_token</c> is not what its issuer was configured to make.</summary>
    public const string LoginHintTokenInvalid = "ciba.login_hint_token_invalid";

    /// <summary>The hint's time has passed.</summary>
    public const string LoginHintTokenExpired = "ciba.login_hint_token_expired";

    /// <summary>The hint names nobody that this server knows.</summary>
    public const string UserUnknown = "ciba.user_unknown";

    /// <summary>The person may not be asked: suspended, or refused by policy.</summary>
    public const string UserRefused = "ciba.user_refused";

    /// <summary>The person has too many open requests.</summary>
    public const string TooManyPending = "ciba.too_many_pending";

    /// <summary>A user code is needed and absent.</summary>
    public const string UserCodeMissing = "ciba.user_code_missing";

    /// <summary>The user code is wrong.</summary>
    public const string UserCodeWrong = "ciba.user_code_wrong";

    /// <summary>Too many wrong user codes: none is judged for a while.</summary>
    public const string UserCodeLocked = "ciba.user_code_locked";

    /// <summary>The request stands, its notification did not go out. Never on the wire.</summary>
    public const string NotificationFailed = "ciba.notification_failed";

    /// <summary>No such request of this client.</summary>
    public const string AuthReqIdUnknown = "ciba.auth_req_id_unknown";

    /// <summary>The request's tokens were fetched before.</summary>
    public const string AuthReqIdUsed = "ciba.auth_req_id_used";

    /// <summary>The request's time has passed.</summary>
    public const string AuthReqIdExpired = "ciba.auth_req_id_expired";

    /// <summary>The person, or the server since, said no.</summary>
    public const string Denied = "ciba.denied";

    /// <summary>The person has not decided yet.</summary>
    public const string Pending = "ciba.pending";

    /// <summary>The person has not decided yet and the client asks too often.</summary>
    public const string SlowDown = "ciba.slow_down";
}
