namespace MedId.Consent;

/// <content>Who takes part.</content>
public sealed partial record ConsentCase
{
    /// <summary>Where the person lives: ISO 3166 country, with its part where laws differ by it (<c>JP</c>, <c>DE</c>, <c>US-CA</c>); <c>EU</c> where only that is known.</summary>
    public string? SubjectJurisdiction { get; init; }

    /// <summary>Where the holder of the data is established, in the same codes.</summary>
    public string? ProviderJurisdiction { get; init; }

    /// <summary>Where the recipient is established, in the same codes.</summary>
    public string? RecipientJurisdiction { get; init; }

    /// <summary>The person's age in whole years on the day of the act.</summary>
    public int? SubjectAge { get; init; }

    /// <summary>Whether the person can judge what the consent means, as recorded by whoever asked.</summary>
    public bool? SubjectCapable { get; init; }

    /// <summary>Whether a parent or legal representative agreed.</summary>
    public bool? ConsentByRepresentative { get; init; }

    /// <summary>What the recipient is.</summary>
    public RecipientKind? RecipientKind { get; init; }

    /// <summary>Whether the provider is an academic institution.</summary>
    public bool? ProviderIsAcademic { get; init; }

    /// <summary>Whether the recipient is an academic institution.</summary>
    public bool? RecipientIsAcademic { get; init; }
}
