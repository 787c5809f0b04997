namespace MedId.Consent;

/// <summary>The person whose data it is.</summary>
public sealed record ArtefactSubject
{
    /// <summary>The identifier, as the format writes it: an account at the manager, a pairwise subject, a reference to a Patient.</summary>
    public required string Id { get; init; }

    /// <summary>The kind of identifier (MeitY: AADHAAR, MOBILE, PAN, PASSPORT, …).</summary>
    public string? IdType { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>Who issued the identifier.</summary>
    public string? Issuer { get; init; }

    /// <summary>The person's identifier at the provider.</summary>
    public string? AtProvider { get; init; }

    /// <summary>The person's identifier at the recipient.</summary>
    public string? AtRecipient { get; init; }

    /// <summary>The person's identifier at the collector.</summary>
    public string? AtCollector { get; init; }

    /// <inheritdoc/>
    public override string ToString() => "subject";
}
