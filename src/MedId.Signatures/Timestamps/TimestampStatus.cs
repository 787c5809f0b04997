namespace MedId.Signatures;

/// <summary>PKIStatus of a time-stamp response (RFC 3161 §2.4.2).</summary>
public enum TimestampStatus
{
    /// <summary>The token is there.</summary>
    Granted = 0,

    /// <summary>The token is there, with changes to what was asked for.</summary>
    GrantedWithModifications = 1,

    /// <summary>Refused.</summary>
    Rejection = 2,

    /// <summary>Not yet.</summary>
    Waiting = 3,

    /// <summary>A revocation is imminent.</summary>
    RevocationWarning = 4,

    /// <summary>A revocation has occurred.</summary>
    RevocationNotification = 5,
}
