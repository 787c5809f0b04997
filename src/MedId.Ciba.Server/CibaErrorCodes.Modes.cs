namespace MedId.Ciba.Server;

public static partial class CibaErrorCodes
{
    /// <summary>A ping or push client sent no <c>client_notification_token</c>.</summary>
    public const string NotificationTokenMissing = "ciba.notification_token_missing";

    /// <summary>The <c>client_notification_token</c> is no bearer token of 22 to 1024 characters.</summary>
    public const string NotificationTokenMalformed = "ciba.notification_token_malformed";

    /// <summary>A client whose tokens are pushed asks at the token endpoint.</summary>
    public const string PushClientPolls = "ciba.push_client_polls";

    /// <summary>Continual fast polling: this <c>auth_req_id</c> is not answered any more.</summary>
    public const string PolledTooOften = "ciba.polled_too_often";

    /// <summary>The client's notification endpoint is not one that this server calls. Never on the wire.</summary>
    public const string NotificationEndpointRefused = "ciba.notification_endpoint_refused";

    /// <summary>The client's notification endpoint could not be reached, did not answer in time, or failed. Never on the wire.</summary>
    public const string NotificationUnreachable = "ciba.notification_unreachable";

    /// <summary>The client's notification endpoint answered 401 or 403. Never on the wire.</summary>
    public const string NotificationUnauthorized = "ciba.notification_unauthorized";

    /// <summary>The client's notification endpoint answered with a redirect. Never on the wire.</summary>
    public const string NotificationRedirected = "ciba.notification_redirected";

    /// <summary>The client's notification endpoint refused the notification. Never on the wire.</summary>
    public const string NotificationRefused = "ciba.notification_refused";

    /// <summary>What was to be pushed had ended before it could be delivered. Never on the wire.</summary>
    public const string NotificationTooLate = "ciba.notification_too_late";

    /// <summary><c>request_context</c> is not a JSON object, or larger than is read.</summary>
    public const string RequestContextMalformed = "ciba.request_context_malformed";

    /// <summary>The profile asks for a binding message or <c>authorization_details</c>, and neither is there.</summary>
    public const string TransactionContextMissing = "ciba.transaction_context_missing";
}
