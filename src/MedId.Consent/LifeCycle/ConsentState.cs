namespace MedId.Consent;

/// <summary>The state of a consent in its life.</summary>
public enum ConsentState
{
    /// <summary>Nothing happened yet.</summary>
    None = 0,

    /// <summary>The person was asked and has not answered.</summary>
    Asked = 1,

    /// <summary>Given as it was asked for.</summary>
    Given = 2,

    /// <summary>Given, and then narrowed by the person.</summary>
    Narrowed = 3,

    /// <summary>The person said no.</summary>
    Refused = 4,

    /// <summary>Taken back by the person.</summary>
    Withdrawn = 5,

    /// <summary>Ended by time: before an answer came, or at the end of the consent.</summary>
    Expired = 6,

    /// <summary>Replaced by another consent.</summary>
    Superseded = 7,
}
