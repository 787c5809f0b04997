namespace MedId.Consent;

/// <summary>What a person may ask of whoever holds data, and what the holder owes without being asked.</summary>
public enum RightKind
{
    /// <summary>To know what is held (access, disclosure).</summary>
    Know = 0,

    /// <summary>To have it corrected.</summary>
    Correct = 1,

    /// <summary>To have it erased.</summary>
    Erase = 2,

    /// <summary>To take it along.</summary>
    Port = 3,

    /// <summary>To have its use stopped (GDPR: restricted or objected to; APPI 35).</summary>
    StopUse = 4,

    /// <summary>To have the use of sensitive data limited.</summary>
    LimitUse = 5,

    /// <summary>To opt out of sale, sharing or provision.</summary>
    OptOut = 6,

    /// <summary>Notice of a breach to the authority.</summary>
    BreachNotice = 7,
}
