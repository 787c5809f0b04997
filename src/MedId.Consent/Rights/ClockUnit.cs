namespace MedId.Consent;

/// <summary>In what a clock counts.</summary>
public enum ClockUnit
{
    /// <summary>Hours, from the very moment.</summary>
    Hours = 0,

    /// <summary>Calendar days; the day of the event does not count, the last one counts whole.</summary>
    Days = 1,

    /// <summary>Business days of a calendar that the caller brings; counted like days.</summary>
    BusinessDays = 2,

    /// <summary>Months, to the end of the day of the same number, or of the last day of a shorter month.</summary>
    Months = 3,
}
