namespace MedId.Consent;

/// <summary>As what somebody signs.</summary>
public enum ArtefactSignerRole
{
    /// <summary>The person.</summary>
    User = 0,

    /// <summary>Who collected the consent: consent manager, account aggregator, OP.</summary>
    Collector = 1,

    /// <summary>Who asks for a revocation.</summary>
    Requestor = 2,

    /// <summary>Who wrote a log.</summary>
    Logger = 3,
}
