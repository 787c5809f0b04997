namespace MedId.Cryptography;

/// <summary>What a signed token has to be for <see cref="JwtVerifier"/> to accept it.</summary>
public sealed record JwtExpectations : JwtClaimExpectations
{
    /// <summary>The keys of the one party that may have made the token.</summary>
    public required JsonWebKeySet Keys { get; init; }

    /// <summary>The algorithms allowed, from <see cref="AlgorithmPolicy.For"/>.</summary>
    public required AlgorithmRule Algorithms { get; init; }
}
