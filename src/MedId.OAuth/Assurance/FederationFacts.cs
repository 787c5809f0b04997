namespace MedId.OAuth;

/// <summary>What is known of one ID token and of how it came. A fact that nobody established is false.</summary>
public sealed record FederationFacts
{
    /// <summary>The OP's signature was verified.</summary>
    public bool Signed { get; init; }

    /// <summary>It was encrypted to this relying party.</summary>
    public bool Encrypted { get; init; }

    /// <summary>Its only audience is this relying party.</summary>
    public bool SingleAudience { get; init; }

    /// <summary>It can be used once: it answers one request, and the relying party takes one answer.</summary>
    public bool ReplayProtected { get; init; }

    /// <summary>Nobody can put another person's token in its place: it came from the token endpoint to the authenticated client, or is bound to the request.</summary>
    public bool InjectionProtected { get; init; }

    /// <summary>The relying party began the transaction.</summary>
    public bool BeganAtRelyingParty { get; init; }

    /// <summary>Both sides were registered with each other before.</summary>
    public bool AgreementBefore { get; init; }

    /// <summary>The subject tells nothing about the person: opaque or pairwise.</summary>
    public bool OpaqueSubject { get; init; }

    /// <summary>The person proved to the relying party the key that the token names. A key of the relying party's own (mTLS, DPoP) is not the person's.</summary>
    public bool PersonsKeyProven { get; init; }

    /// <summary>The relying party verified an authenticator of the person that is bound to the account there.</summary>
    public bool BoundAuthenticatorVerified { get; init; }

    /// <summary>Issuer, client id and keys were established by people, not fetched.</summary>
    public bool EstablishedManually { get; init; }
}
