namespace MedId.Jpki.Certificates;

/// <summary>Which differences of writing count as the same text. What is not named here makes two texts different.</summary>
public sealed record ComparisonPolicy
{
    internal const ComparisonReasons AllEquivalences = ComparisonReasons.Width | ComparisonReasons.Spaces | ComparisonReasons.Hyphens | ComparisonReasons.VariationSelectors
        | ComparisonReasons.Composition | ComparisonReasons.Variants | ComparisonReasons.OldAndNewForms | ComparisonReasons.LetterCase | ComparisonReasons.AddressNotation;

    private readonly ComparisonReasons _equivalences = Usual;

    /// <summary>Width, spaces, hyphens, variation selectors, composition, variant characters and letter case; neither old and new forms nor the notation of addresses.</summary>
    public static ComparisonReasons Usual => ComparisonReasons.Width | ComparisonReasons.Spaces | ComparisonReasons.Hyphens | ComparisonReasons.VariationSelectors
        | ComparisonReasons.Composition | ComparisonReasons.Variants | ComparisonReasons.LetterCase;

    /// <summary>The equivalences in use; <see cref="Usual"/> by default.</summary>
    /// <exception cref="ArgumentException">Something that is no equivalence.</exception>
    public ComparisonReasons Equivalences
    {
        get => _equivalences;
        init => _equivalences = (value & ~AllEquivalences) == default ? value : throw new ArgumentException("Only the first nine reasons are equivalences.", nameof(value));
    }

    /// <summary>The table behind <see cref="ComparisonReasons.Variants"/> and <see cref="ComparisonReasons.OldAndNewForms"/>.</summary>
    public VariantCharacterTable VariantCharacters { get; init; } = VariantCharacterTable.Default;

    /// <summary>
    /// Whether a form that repeats the certificate's stand-in character is equivalent. False by default: the registered character is another one, and a form
    /// filled in from the certificate repeats it without anybody having looked.
    /// </summary>
    public bool AcceptRepeatedSubstitutes { get; init; }
}
