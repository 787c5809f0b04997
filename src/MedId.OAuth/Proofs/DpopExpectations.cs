using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>The request that a DPoP proof came with, and what is asked of the proof.</summary>
public sealed record DpopExpectations
{
    /// <summary>How old a proof may be unless told otherwise: one minute, as RFC 9449 §11.1 asks for seconds or minutes.</summary>
    public static readonly TimeSpan DefaultMaxAge = TimeSpan.FromSeconds(60);

    /// <summary>The request's HTTP method; case counts.</summary>
    public required string Method { get; init; }

    /// <summary>The request's URI as its client knows it: https, the public host. Query and fragment do not count.</summary>
    public required string Uri { get; init; }

    /// <summary>The algorithms allowed, from <see cref="AlgorithmPolicy.For"/> with <see cref="SignatureUse.ProofOfPossession"/>.</summary>
    public required AlgorithmRule Algorithms { get; init; }

    /// <summary>The time that counts.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How old a proof may be.</summary>
    public TimeSpan MaxAge { get; init; } = DefaultMaxAge;

    /// <summary>How far two clocks may differ; widens both bounds of time. Not negative.</summary>
    public TimeSpan ClockSkew { get; init; } = JwtExpectations.DefaultClockSkew;

    /// <summary>The server's nonces; null: none is asked for, and one that comes is not looked at.</summary>
    public DpopNonces? Nonces { get; init; }

    /// <summary>The access token that the proof came with, for a protected resource; null at a token endpoint.</summary>
    public string? AccessToken { get; init; }

    /// <summary>The <c>cnf.jkt</c> of <see cref="AccessToken"/>; null where the caller compares <see cref="VerifiedDpopProof.KeyThumbprint"/> itself.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>The method and URI; never the token.</summary>
    public override string ToString() => $"{Method} {Uri}";
}
