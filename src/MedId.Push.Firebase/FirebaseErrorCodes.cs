namespace MedId.Push.Firebase;

/// <summary>Why an announcement did not go out by Firebase Cloud Messaging. Each is safe to log and to count.</summary>
public static class FirebaseErrorCodes
{
    /// <summary>The service account file lacks a member or holds one of a wrong form.</summary>
    public const string AccountMalformed = "firebase.account_malformed";

    /// <summary>The token endpoint refused the service account's assertion.</summary>
    public const string TokenRefused = "firebase.token_refused";

    /// <summary>The token endpoint did not answer in time, was not reached, or asked to come back later.</summary>
    public const string TokenUnavailable = "firebase.token_unavailable";

    /// <summary>The token endpoint answered with something that is no token.</summary>
    public const string TokenMalformed = "firebase.token_malformed";

    /// <summary>The push address is not <c>fcm:</c> and a registration token.</summary>
    public const string AddressMalformed = "firebase.address_malformed";

    /// <summary>The registration token belongs to no installed app any more (<c>UNREGISTERED</c>).</summary>
    public const string Unregistered = "firebase.unregistered";

    /// <summary>The registration token is none (<c>INVALID_ARGUMENT</c> on the token).</summary>
    public const string TokenInvalid = "firebase.registration_token_invalid";

    /// <summary>The message is refused for another reason than its token (<c>INVALID_ARGUMENT</c>).</summary>
    public const string MessageRefused = "firebase.message_refused";

    /// <summary>The registration token is of another project (<c>SENDER_ID_MISMATCH</c>).</summary>
    public const string SenderMismatch = "firebase.sender_mismatch";

    /// <summary>The service account may not send for this project.</summary>
    public const string Forbidden = "firebase.forbidden";

    /// <summary>The access token is refused, also after it was renewed.</summary>
    public const string Unauthenticated = "firebase.unauthenticated";

    /// <summary>FCM cannot reach Apple's service with the certificate that the project has (<c>THIRD_PARTY_AUTH_ERROR</c>).</summary>
    public const string ThirdPartyAuthentication = "firebase.third_party_authentication";

    /// <summary>Too many messages (<c>QUOTA_EXCEEDED</c>).</summary>
    public const string QuotaExceeded = "firebase.quota_exceeded";

    /// <summary>FCM is overloaded, failed, or was not reached.</summary>
    public const string Unavailable = "firebase.unavailable";

    /// <summary>FCM answered with something that cannot be read, or with a redirect.</summary>
    public const string AnswerUnexpected = "firebase.answer_unexpected";
}
