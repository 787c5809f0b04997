using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>What an ID token has to be for <see cref="IdTokenVerifier"/> to accept it.</summary>
public sealed record IdTokenExpectations
{
    /// <summary>The OP's keys.</summary>
    public required JsonWebKeySet Keys { get; init; }

    /// <summary>The algorithms allowed.</summary>
    public required AlgorithmRule Algorithms { get; init; }

    /// <summary>The OP.</summary>
    public required string Issuer { get; init; }

    /// <summary>This client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The time that counts.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>The access token that came with it.</summary>
    public required string AccessToken { get; init; }

    /// <summary>The refresh token that came with it.</summary>
    public string? RefreshToken { get; init; }

    /// <summary>The request that it answers; null at a refresh.</summary>
    public string? AuthReqId { get; init; }

    /// <summary>The earliest instant at which it can have been issued; null at a refresh.</summary>
    public DateTimeOffset? NotIssuedBefore { get; init; }

    /// <summary>The classes of which it must have one; empty when any will do.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>The subject that it must have; null when any will do.</summary>
    public string? Subject { get; init; }

    /// <summary>When the person authenticated, by the ID token before; what says another time is refused. Null when there was none, or it did not say.</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>
    /// Whether the ID token has to sign for everything that came with it: <c>at_hash</c>, <c>rt_hash</c> where there is a refresh token, and the <c>auth_req_id</c> are needed, as in a push (CIBA Core §10.3.1).
    /// Else they are optional, and right where they are.
    /// </summary>
    public bool MustSignForAll { get; init; }

    /// <summary>This client's certificate as a confirmation names it (<c>x5t#S256</c>, RFC 8705 §3.1); null when it has none.</summary>
    public string? CertificateThumbprint { get; init; }

    /// <summary>This client's DPoP key as a confirmation names it (<c>jkt</c>, RFC 9449 §6.1); null when it has none.</summary>
    public string? KeyThumbprint { get; init; }

    /// <summary>How it is encrypted; null when it is only signed.</summary>
    public IdTokenEncryption? Encryption { get; init; }

    /// <summary>How far two clocks may differ.</summary>
    public TimeSpan ClockSkew { get; init; } = JwtExpectations.DefaultClockSkew;
}
