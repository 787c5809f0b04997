namespace MedId.Consent;

/// <summary>The state of a consent, in the words of all formats. Only <see cref="Given"/> lets data flow.</summary>
public enum ArtefactStatus
{
    /// <summary>The format's word says nothing that is known here.</summary>
    Unknown = 0,

    /// <summary>Being written, asked of nobody yet (FHIR draft).</summary>
    Draft,

    /// <summary>Asked of the person.</summary>
    Requested,

    /// <summary>Given, and not ended.</summary>
    Given,

    /// <summary>The person said no.</summary>
    Denied,

    /// <summary>Resting; may be given again (account aggregator PAUSED).</summary>
    Paused,

    /// <summary>Taken back by the person.</summary>
    Withdrawn,

    /// <summary>Ended by time.</summary>
    Expired,

    /// <summary>Replaced by another one.</summary>
    Superseded,

    /// <summary>Ended, and the format does not say how (FHIR inactive).</summary>
    Ended,

    /// <summary>Never held: made in error, or found to be invalid.</summary>
    Invalid,
}
