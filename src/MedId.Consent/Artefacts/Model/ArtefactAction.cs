namespace MedId.Consent;

/// <summary>What may be done with data, in the words of all formats.</summary>
public enum ArtefactAction
{
    /// <summary>Look at it (VIEW; FHIR access).</summary>
    View = 0,

    /// <summary>Keep it (STORE; FHIR collect).</summary>
    Store = 1,

    /// <summary>Ask questions of it (QUERY; in FHIR access and use together).</summary>
    Query = 2,

    /// <summary>Receive it as it comes (STREAM).</summary>
    Stream = 3,

    /// <summary>Work with it (FHIR use).</summary>
    Use = 4,

    /// <summary>Hand it on (FHIR disclose).</summary>
    Disclose = 5,

    /// <summary>Change it (FHIR correct).</summary>
    Correct = 6,
}
