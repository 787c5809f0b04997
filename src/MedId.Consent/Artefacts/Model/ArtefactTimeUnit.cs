namespace MedId.Consent;

/// <summary>A span of time by the calendar.</summary>
public enum ArtefactTimeUnit
{
    /// <summary>An hour.</summary>
    Hour = 0,

    /// <summary>A day.</summary>
    Day = 1,

    /// <summary>A week.</summary>
    Week = 2,

    /// <summary>A month.</summary>
    Month = 3,

    /// <summary>A year.</summary>
    Year = 4,

    /// <summary>Without end.</summary>
    Unlimited = 5,
}
