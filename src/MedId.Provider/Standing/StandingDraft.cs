namespace MedId.Provider;

/// <summary>A composition that was judged and put into words, waiting for the choice and the act that signs it.</summary>
public sealed record StandingDraft
{
    /// <summary>What the person put together.</summary>
    public required StandingComposition Composition { get; init; }

    /// <summary>The notice in canonical form (RFC 8785). Personal: stores encrypt it.</summary>
    public required string Notice { get; init; }

    /// <summary>Version of the texts.</summary>
    public required string TextsVersion { get; init; }

    /// <summary>Language of the notice.</summary>
    public required string Language { get; init; }

    /// <summary>The kind only.</summary>
    public override string ToString() => Composition.ToString();
}
