namespace MedId.Consent;

/// <content>A notice posted in a medical facility, and regional networks.</content>
public sealed partial record ConsentCase
{
    /// <summary>The purpose.</summary>
    public CarePurpose? CarePurpose { get; init; }

    /// <summary>Whether the notice is posted on the premises.</summary>
    public bool? PostedOnPremises { get; init; }

    /// <summary>Whether the purpose is on it.</summary>
    public bool? PurposeOnNotice { get; init; }

    /// <summary>Whether the patient expressly reserved.</summary>
    public bool? ReservedByPatient { get; init; }

    /// <summary>Whether only what this patient's care needs is used.</summary>
    public bool? NeededForCare { get; init; }

    /// <summary>Says that the patient can ask that an item needs explicit consent.</summary>
    public bool? PostedCanAskExplicit { get; init; }

    /// <summary>Says that without that the patient is taken to agree.</summary>
    public bool? PostedSilenceAgrees { get; init; }

    /// <summary>Says that it can be changed at any time.</summary>
    public bool? PostedChangeable { get; init; }

    /// <summary>Whether the patient was present when the family was told.</summary>
    public bool? PatientPresent { get; init; }

    /// <summary>Whether the transfer is within a regional network.</summary>
    public bool? RegionalNetwork { get; init; }

    /// <summary>How its consent was asked for.</summary>
    public NetworkConsentForm? NetworkConsentForm { get; init; }

    /// <summary>Whether it is in writing, or noted in the chart.</summary>
    public bool? NetworkConsentNoted { get; init; }

    /// <summary>Whether members changed after it.</summary>
    public bool? NetworkMembersChanged { get; init; }

    /// <summary>Whether the change was told.</summary>
    public bool? NetworkChangeTold { get; init; }
}
