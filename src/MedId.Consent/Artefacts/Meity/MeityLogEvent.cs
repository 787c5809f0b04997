namespace MedId.Consent;

/// <summary>What a log of a consent tells.</summary>
public enum MeityLogEvent
{
    /// <summary>CONSENT-CREATED.</summary>
    ConsentCreated = 0,

    /// <summary>CONSENT-REVOKED.</summary>
    ConsentRevoked = 1,

    /// <summary>DATA-REQUESTED.</summary>
    DataRequested = 2,

    /// <summary>DATA-SENT.</summary>
    DataSent = 3,

    /// <summary>DATA-DENIED.</summary>
    DataDenied = 4,
}
