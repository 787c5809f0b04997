namespace MedId.Consent;

/// <summary>How far a consent is at the manager.</summary>
public enum ManagedStep
{
    /// <summary>Asked for; the person has not answered.</summary>
    Requested = 0,

    /// <summary>Refused by the person.</summary>
    Denied = 1,

    /// <summary>Granted.</summary>
    Granted = 2,

    /// <summary>Resting.</summary>
    Paused = 3,

    /// <summary>The person took it back; not stored yet, and no data flows any more.</summary>
    RevocationRequested = 4,

    /// <summary>Stored and confirmed to the person; the sides are being told.</summary>
    RevocationConfirmed = 5,

    /// <summary>Taken back, and both sides have taken note.</summary>
    Revoked = 6,

    /// <summary>Ended by time.</summary>
    Expired = 7,
}
