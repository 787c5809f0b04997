namespace MedId.Consent;

/// <content>Rights and their clocks.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>The law names no number, so there is no due date.</summary>
    public const string ClockOpen = "consent.clock_open";

    /// <summary>The term cannot be extended: the law does not know it, it was extended before, or the first term is over.</summary>
    public const string ClockExtension = "consent.clock_extension";

    /// <summary>The calendar of business days does not reach to the due date.</summary>
    public const string ClockCalendar = "consent.clock_calendar";

    /// <summary>The request is done or refused.</summary>
    public const string RightClosed = "consent.right_closed";

    /// <summary>The event is dated before the last one, or lacks its reason.</summary>
    public const string RightEvent = "consent.right_event";
}
