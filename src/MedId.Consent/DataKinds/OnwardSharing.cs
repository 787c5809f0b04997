namespace MedId.Consent;

/// <summary>Whether whoever received data may hand it on.</summary>
public enum OnwardSharing
{
    /// <summary>Not at all.</summary>
    Barred = 0,

    /// <summary>Only with a further consent of the person for that recipient.</summary>
    Restricted = 1,

    /// <summary>To recipients that the consent names, for its purposes.</summary>
    Limited = 2,

    /// <summary>Freely.</summary>
    Free = 3,
}
