namespace MedId.Cryptography;

/// <summary>What a token by a shared secret has to be for <see cref="HmacJwtVerifier"/> to accept it.</summary>
public sealed record HmacJwtExpectations : JwtClaimExpectations
{
    /// <summary>The secrets of the one party that may have made the token; two while a secret is being changed. A secret that is too short for an algorithm is passed over.</summary>
    public required IReadOnlyList<ReadOnlyMemory<byte>> Secrets { get; init; }

    /// <summary>The algorithms allowed.</summary>
    public required IReadOnlyCollection<HmacAlgorithm> Algorithms { get; init; }

    /// <summary>Nothing of the secrets.</summary>
    public override string ToString() => $"{nameof(HmacJwtExpectations)} of {Issuer}";
}
