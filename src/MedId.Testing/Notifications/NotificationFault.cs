namespace MedId.Testing;

/// <summary>One way in which a <see cref="TestNotificationEndpoint"/> misbehaves.</summary>
public enum NotificationFault
{
    /// <summary>Behaves: 204.</summary>
    None,

    /// <summary>Answers 200 with a body that nobody has to read.</summary>
    OkWithBody,

    /// <summary>Answers 400.</summary>
    BadRequest,

    /// <summary>Answers 401.</summary>
    Unauthorized,

    /// <summary>Answers 403.</summary>
    Forbidden,

    /// <summary>Answers 404.</summary>
    NotFound,

    /// <summary>Answers 500.</summary>
    InternalServerError,

    /// <summary>Answers 503 and asks for two seconds of peace.</summary>
    Unavailable,

    /// <summary>Redirects to a path of its own, which would take the request with its bearer token.</summary>
    Redirect,

    /// <summary>Answers 200 and drips a body, a byte now and then, until the caller goes away.</summary>
    SlowDrip,

    /// <summary>Answers 200 and sends zeros without end.</summary>
    HugeBody,

    /// <summary>Does not answer until the caller goes away.</summary>
    Hang,

    /// <summary>Shows a certificate of another name; https only.</summary>
    WrongTlsName,

    /// <summary>Takes the request and breaks the connection.</summary>
    ConnectionReset,

    /// <summary>Takes the request, remembers it, and breaks the connection before its 204 arrives: told, and the teller does not know.</summary>
    TakenThenReset,
}
