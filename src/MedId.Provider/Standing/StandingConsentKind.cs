namespace MedId.Provider;

/// <summary>How a consent was given beforehand.</summary>
public enum StandingConsentKind
{
    /// <summary>On the person's own device, for named recipients or those of a trust framework (row A13).</summary>
    PreRegistered,

    /// <summary>On the person's own device, for whoever is told the code, once (row D4).</summary>
    OneTimeCode,

    /// <summary>By a signed form, at a reception desk.</summary>
    Paper,

    /// <summary>In words, taken down at a reception desk.</summary>
    Oral,
}
