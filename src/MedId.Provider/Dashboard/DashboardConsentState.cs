namespace MedId.Provider;

/// <summary>The state of a consent, as its person is told.</summary>
public enum DashboardConsentState
{
    /// <summary>Given as it was asked for, and in force.</summary>
    Given,

    /// <summary>Given for less than was asked for, and in force.</summary>
    Narrowed,

    /// <summary>Taken back by the person.</summary>
    Withdrawn,

    /// <summary>Ended by time.</summary>
    Expired,

    /// <summary>Neither withdrawn nor past its end, and still nothing is opened by it: the account, the device or what it was made from does not stand.</summary>
    Stopped,
}
