namespace MedId.Testing;

/// <summary>One way in which a <see cref="TestAuthorityServer"/> misbehaves on the wire.</summary>
public enum ServerFault
{
    /// <summary>Behaves.</summary>
    None,

    /// <summary>Answers 500.</summary>
    InternalServerError,

    /// <summary>Answers 404.</summary>
    NotFound,

    /// <summary>Answers 503.</summary>
    Unavailable,

    /// <summary>Redirects to itself.</summary>
    Redirect,

    /// <summary>Answers 200 without octets.</summary>
    Empty,

    /// <summary>Answers 200 with octets that are no DER.</summary>
    Garbage,

    /// <summary>Answers in HTML, as a captive portal does.</summary>
    Html,

    /// <summary>Answers rightly, as text/plain.</summary>
    OtherMediaType,

    /// <summary>Does not answer until the caller goes away.</summary>
    Hang,

    /// <summary>Sends the headers and half of the body, and then nothing until the caller goes away.</summary>
    HangInBody,

    /// <summary>Sends half of the body and breaks the connection.</summary>
    Break,

    /// <summary>Sends zeros without end.</summary>
    Endless,
}
