namespace MedId.Jpki.Certificates;

/// <summary>Compares what an applicant wrote with the basic four attributes, per attribute: equal, equivalent with reasons, different, or undecidable.</summary>
/// <remarks>
/// Reflexive and symmetric for texts; "equal" is said of identical texts only. A stand-in character of the certificate matches any one character of the form and
/// makes the verdict undecidable; where the rest differs anyway the verdict is "different". Addresses are not looked up: a name of a prefecture left out, an old
/// name of a town, a building are differences.
/// </remarks>
public sealed class FormComparer
{
    private readonly ComparisonPolicy _policy;

    /// <summary>A comparer; safe to use from many threads.</summary>
    /// <param name="policy">Which differences of writing count as the same; null for the usual ones.</param>
    public FormComparer(ComparisonPolicy? policy = null) => _policy = policy ?? new();

    /// <summary>Compares a form.</summary>
    /// <param name="certified">The certificate's attributes.</param>
    /// <param name="form">What the applicant wrote.</param>
    public FormComparison Compare(BasicFourAttributes certified, ApplicationForm form)
    {
        ArgumentNullException.ThrowIfNull(certified);
        ArgumentNullException.ThrowIfNull(form);

        // The notation of addresses is one of addresses: a name like 一丁目 stays one.
        var names = _policy.Equivalences & ~ComparisonReasons.AddressNotation;
        return new()
        {
            Name = Compare(certified.Name, form.Name, names),
            Address = Compare(certified.Address, form.Address, _policy.Equivalences),
            Gender = Compare(certified.Gender, form.Gender),
            BirthDate = Compare(certified.BirthDate, form.BirthDate),
        };
    }

    /// <summary>Compares two texts neither of which has stand-in characters.</summary>
    /// <param name="one">One.</param>
    /// <param name="other">The other.</param>
    /// <param name="isAddress">Whether the notation of addresses counts, where the policy names it.</param>
    public AttributeComparison CompareTexts(string one, string other, bool isAddress = false)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        return CompareTexts(one, [], other, isAddress ? _policy.Equivalences : _policy.Equivalences & ~ComparisonReasons.AddressNotation);
    }

    private static AttributeComparison Compare(JpkiGender certified, JpkiGender? stated) => stated switch
    {
        null or JpkiGender.Unknown => new(AttributeVerdict.NotStated),
        _ when certified == JpkiGender.Unknown => new(AttributeVerdict.Undecidable, ComparisonReasons.ValueUnknown),
        _ => new(certified == stated ? AttributeVerdict.Equal : AttributeVerdict.Different),
    };

    private static AttributeComparison Compare(JpkiBirthDate certified, DateOnly? stated)
    {
        if (stated is not { } date)
        {
            return new(AttributeVerdict.NotStated);
        }

        if (certified.Date is { } day)
        {
            return new(day == date ? AttributeVerdict.Equal : AttributeVerdict.Different);
        }

        return certified.Earliest is { } earliest && certified.Latest is { } latest && (date < earliest || date > latest)
            ? new(AttributeVerdict.Different)
            : new(AttributeVerdict.Undecidable, ComparisonReasons.ValueUnknown);
    }

    private AttributeComparison Compare(SubstitutableText certified, string? stated, ComparisonReasons equivalences)
    {
        if (string.IsNullOrEmpty(stated))
        {
            return new(AttributeVerdict.NotStated);
        }

        if (!certified.IsUndetermined)
        {
            return CompareTexts(certified.Text, certified.Substituted, stated, equivalences);
        }

        // Any character may be a stand-in, so a difference of characters shows nothing and neither does their sameness.
        return new(AttributeVerdict.Undecidable, ComparisonReasons.SubstitutionUnknown);
    }

    private AttributeComparison CompareTexts(string certified, IReadOnlyList<SubstitutedCharacter> substituted, string stated, ComparisonReasons equivalences)
    {
        var isSame = string.Equals(certified, stated, StringComparison.Ordinal);
        if (isSame && substituted.Count == 0)
        {
            return new(AttributeVerdict.Equal);
        }

        if (!TextFolding.IsReadable(certified) || !TextFolding.IsReadable(stated))
        {
            return new(AttributeVerdict.Undecidable, ComparisonReasons.Unreadable);
        }

        if (substituted.Count > 0 && _policy.AcceptRepeatedSubstitutes && Same(certified, [], stated, equivalences))
        {
            return new(AttributeVerdict.Equivalent, ComparisonReasons.Substituted | (isSame ? ComparisonReasons.None : Reasons(certified, [], stated, equivalences)));
        }

        if (!Same(certified, substituted, stated, equivalences))
        {
            return new(AttributeVerdict.Different);
        }

        return substituted.Count > 0
            ? new(AttributeVerdict.Undecidable, ComparisonReasons.Substituted)
            : new(AttributeVerdict.Equivalent, Reasons(certified, substituted, stated, equivalences));
    }

    private bool Same(string certified, IReadOnlyList<SubstitutedCharacter> substituted, string stated, ComparisonReasons equivalences) => WildcardMatch.Matches(
        TextFolding.Fold(certified, substituted, equivalences, _policy.VariantCharacters), TextFolding.Fold(stated, [], equivalences, _policy.VariantCharacters));

    // Those equivalences without which the texts differ; where each could be spared alone, all that change one of the texts.
    private ComparisonReasons Reasons(string certified, IReadOnlyList<SubstitutedCharacter> substituted, string stated, ComparisonReasons equivalences)
    {
        var needed = ComparisonReasons.None;
        var used = ComparisonReasons.None;
        for (var bit = 1; bit <= (int)ComparisonPolicy.AllEquivalences; bit <<= 1)
        {
            var one = (ComparisonReasons)bit & equivalences;
            if (one == default)
            {
                continue;
            }

            needed |= Same(certified, substituted, stated, equivalences & ~one) ? ComparisonReasons.None : one;
            used |= Changes(certified, one) || Changes(stated, one) ? one : ComparisonReasons.None;
        }

        return needed == default ? used : needed;
    }

    private bool Changes(string text, ComparisonReasons one) => !string.Equals(TextFolding.Fold(text, [], one, _policy.VariantCharacters), text, StringComparison.Ordinal);
}
