namespace MedId.Provider;

/// <summary>What kind of thing a kill switch stops.</summary>
public enum KillSwitchKind
{
    /// <summary>New backchannel requests of every client.</summary>
    Requests,

    /// <summary>The issue of every token; where the order says so, tokens that are out are inactive too.</summary>
    Tokens,

    /// <summary>One client: it is unknown, and what it was given is inactive.</summary>
    Client,

    /// <summary>One resource server: every token is inactive to it, and nothing is requested for it.</summary>
    ResourceServer,

    /// <summary>One authenticator model: it neither enrols nor acts, and what its acts opened is inactive.</summary>
    Model,
}
