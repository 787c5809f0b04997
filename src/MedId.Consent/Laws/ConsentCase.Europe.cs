namespace MedId.Consent;

/// <content>GDPR and ePrivacy.</content>
public sealed partial record ConsentCase
{
    /// <summary>The basis of 6(1).</summary>
    public GdprBasis? GdprBasis { get; init; }

    /// <summary>The case of 9(2).</summary>
    public GdprArticle9Case? GdprArticle9 { get; init; }

    /// <summary>Whether the processing is under professional secrecy (9(3)).</summary>
    public bool? ProfessionalSecrecy { get; init; }

    /// <summary>Whether there are automated decisions.</summary>
    public bool? AutomatedDecisions { get; init; }

    /// <summary>Whether there is a data protection officer.</summary>
    public bool? HasDpo { get; init; }

    /// <summary>Whether an information society service is offered directly to the person as a child.</summary>
    public bool? OnlineServiceToChild { get; init; }

    /// <summary>The age of GDPR 8(1) in the person's state: 13 to 16.</summary>
    public int? ChildAgeLine { get; init; }

    /// <summary>Whether something is stored or read on the user's device.</summary>
    public bool? DeviceStorage { get; init; }

    /// <summary>Whether that is strictly needed for a service that was asked for.</summary>
    public bool? DeviceStrictlyNeeded { get; init; }

    /// <summary>Whether the user agreed to it.</summary>
    public bool? DeviceConsent { get; init; }

    /// <summary>Whether the user asked for no reminders.</summary>
    public bool? ReminderDeclined { get; init; }

    /// <summary>Whole months since the person was last told of the right to withdraw.</summary>
    public int? MonthsSinceReminder { get; init; }
}
