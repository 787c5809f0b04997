using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Who vets services for a trust framework and signs what was found (row A13).</summary>
public sealed record TrustAssessor
{
    /// <summary>Its issuer identifier, compared ordinally.</summary>
    public required string Issuer { get; init; }

    /// <summary>Its keys, where they are configured.</summary>
    public JsonWebKeySet? Keys { get; init; }

    /// <summary>Where its keys are published, where they are not configured.</summary>
    public string? JwksUri { get; init; }

    /// <summary>The issuer.</summary>
    public override string ToString() => Issuer;
}
