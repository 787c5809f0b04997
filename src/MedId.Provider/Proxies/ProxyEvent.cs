namespace MedId.Provider;

/// <summary>What can happen to a relation.</summary>
public enum ProxyEvent
{
    /// <summary>The person consented to it, by a signed act of a device of their own.</summary>
    Appoint,

    /// <summary>The desk stops it for the time being.</summary>
    Suspend,

    /// <summary>The desk lets it stand again.</summary>
    Resume,

    /// <summary>The person, the proxy or the desk ends it; also that an account of the two is closed.</summary>
    End,

    /// <summary>Its term is over.</summary>
    Expire,

    /// <summary>The person has come of age.</summary>
    ComeOfAge,
}
