namespace MedId.Core;

/// <summary>The state of a consent as stored. Expiry is a matter of time, so it is computed, not stored.</summary>
public enum ConsentStatus
{
    /// <summary>Given, in whole or narrowed.</summary>
    Given,

    /// <summary>Taken back by the person.</summary>
    Withdrawn,
}
