using MedId.Cryptography;

namespace MedId.Ciba.Server;

/// <summary>Somebody who may name persons to this server.</summary>
public sealed record LoginHintTokenIssuer
{
    /// <summary>The <c>iss</c>.</summary>
    public required string Issuer { get; init; }

    /// <summary>The keys, where they are configured.</summary>
    public JsonWebKeySet? Keys { get; init; }

    /// <summary>Where the keys are published, where they are not configured.</summary>
    public string? JwksUri { get; init; }
}
