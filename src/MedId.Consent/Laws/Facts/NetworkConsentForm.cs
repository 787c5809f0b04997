namespace MedId.Consent;

/// <summary>How consent to a regional network was asked for.</summary>
public enum NetworkConsentForm
{
    /// <summary>All members at once.</summary>
    AllMembers,

    /// <summary>A list to choose from.</summary>
    List,

    /// <summary>Per facility.</summary>
    PerFacility,

    /// <summary>Per person.</summary>
    PerPerson,

    /// <summary>None was asked for.</summary>
    None,
}
