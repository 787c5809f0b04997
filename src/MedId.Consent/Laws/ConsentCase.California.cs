namespace MedId.Consent;

/// <content>CCPA.</content>
public sealed partial record ConsentCase
{
    /// <summary>Whether data is sold, or shared for advertising.</summary>
    public bool? SellsOrShares { get; init; }

    /// <summary>Whether there is an opt-out link.</summary>
    public bool? OptOutLink { get; init; }

    /// <summary>Whether the preference signal is honoured.</summary>
    public bool? PreferenceSignalHonoured { get; init; }

    /// <summary>Whether the person opted out.</summary>
    public bool? OptedOut { get; init; }

    /// <summary>Whether the person was asked again after that.</summary>
    public bool? AskedAgain { get; init; }

    /// <summary>Whole months between the opt-out and being asked again.</summary>
    public int? MonthsSinceOptOut { get; init; }

    /// <summary>Whether the person opted in after opting out.</summary>
    public bool? OptedInAgain { get; init; }

    /// <summary>In how many steps.</summary>
    public int? OptInSteps { get; init; }

    /// <summary>Whether there is a link to limit the use of sensitive data.</summary>
    public bool? LimitUseLink { get; init; }

    /// <summary>Whether the person asked for that.</summary>
    public bool? LimitUseRequested { get; init; }

    /// <summary>Whether sensitive data is used beyond what stays allowed then.</summary>
    public bool? UsedBeyondLimit { get; init; }

    /// <summary>Whether the business knows the person's age.</summary>
    public bool? AgeKnown { get; init; }

    /// <summary>Whether the person's age was wilfully disregarded, which counts as knowing it.</summary>
    public bool? AgeDisregarded { get; init; }

    /// <summary>Whether the minor opted in.</summary>
    public bool? MinorOptedIn { get; init; }

    /// <summary>Whether a parent opted in.</summary>
    public bool? ParentOptedIn { get; init; }

    /// <summary>What the person asked for.</summary>
    public ConsumerRequestKind? RequestKind { get; init; }

    /// <summary>Calendar days until the answer.</summary>
    public int? RequestCalendarDays { get; init; }

    /// <summary>Business days until it was done.</summary>
    public int? RequestBusinessDays { get; init; }

    /// <summary>Whether the time was extended, and the person told within the first period.</summary>
    public bool? RequestExtended { get; init; }
}
