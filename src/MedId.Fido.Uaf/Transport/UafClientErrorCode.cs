namespace MedId.Fido.Uaf;

/// <summary>What a UAF client reports to the app when there is no response. UAF 1.1 client-api-transport §3 <c>ErrorCode</c>.</summary>
public enum UafClientErrorCode : byte
{
    /// <summary><c>NO_ERROR</c>.</summary>
    None = 0x00,

    /// <summary><c>WAIT_USER_ACTION</c>: the user has to act first.</summary>
    WaitUserAction = 0x01,

    /// <summary><c>INSECURE_TRANSPORT</c>: the app's page is not over TLS.</summary>
    InsecureTransport = 0x02,

    /// <summary><c>USER_CANCELLED</c>.</summary>
    UserCancelled = 0x03,

    /// <summary><c>UNSUPPORTED_VERSION</c>: no entry of the request has a version that the client speaks.</summary>
    UnsupportedVersion = 0x04,

    /// <summary><c>NO_SUITABLE_AUTHENTICATOR</c>: the policy leaves every authenticator out.</summary>
    NoSuitableAuthenticator = 0x05,

    /// <summary><c>PROTOCOL_ERROR</c>: the request breaks the protocol.</summary>
    ProtocolError = 0x06,

    /// <summary><c>UNTRUSTED_FACET_ID</c>: the app is not on the trusted facet list.</summary>
    UntrustedFacetId = 0x07,

    /// <summary><c>KEY_DISAPPEARED_PERMANENTLY</c>: the registration is worth nothing any more.</summary>
    KeyDisappearedPermanently = 0x09,

    /// <summary><c>AUTHENTICATOR_ACCESS_DENIED</c>.</summary>
    AuthenticatorAccessDenied = 0x0C,

    /// <summary><c>INVALID_TRANSACTION_CONTENT</c>: no rendering fits the display.</summary>
    InvalidTransactionContent = 0x0D,

    /// <summary><c>USER_NOT_RESPONSIVE</c>.</summary>
    UserNotResponsive = 0x0E,

    /// <summary><c>INSUFFICIENT_AUTHENTICATOR_RESOURCES</c>.</summary>
    InsufficientAuthenticatorResources = 0x0F,

    /// <summary><c>USER_LOCKOUT</c>.</summary>
    UserLockout = 0x10,

    /// <summary><c>USER_NOT_ENROLLED</c>.</summary>
    UserNotEnrolled = 0x11,

    /// <summary><c>UNKNOWN</c>.</summary>
    Unknown = 0xFF,
}
