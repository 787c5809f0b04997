namespace MedId.Core;

/// <summary>Where a fact about an authenticator comes from.</summary>
public enum FactSource
{
    /// <summary>Nowhere: nothing was found that says so, and the unfavourable value stands.</summary>
    None = 0,

    /// <summary>The protocol: it could not have been verified otherwise.</summary>
    Protocol,

    /// <summary>What the authenticator signed in this act, at its word.</summary>
    Assertion,

    /// <summary>The metadata of a model that trusted attestation proved.</summary>
    Metadata,

    /// <summary>The operator's own knowledge.</summary>
    Configuration,
}
