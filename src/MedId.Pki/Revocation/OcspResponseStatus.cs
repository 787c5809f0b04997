namespace MedId.Pki;

/// <summary>Whether a responder answered (RFC 6960 §4.2.1). The value 4 is not used there.</summary>
public enum OcspResponseStatus
{
    /// <summary>There is an answer.</summary>
    Successful = 0,

    /// <summary>The responder did not understand the request.</summary>
    MalformedRequest = 1,

    /// <summary>Something broke at the responder.</summary>
    InternalError = 2,

    /// <summary>The responder cannot answer for the moment.</summary>
    TryLater = 3,

    /// <summary>The responder answers signed requests only.</summary>
    SigRequired = 5,

    /// <summary>The responder does not answer this client, or not about this certificate (RFC 5019 §2.2.3).</summary>
    Unauthorized = 6,
}
