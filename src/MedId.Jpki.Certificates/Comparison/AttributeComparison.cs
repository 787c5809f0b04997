namespace MedId.Jpki.Certificates;

/// <summary>The verdict on one attribute, with its reasons. Holds nothing of the values.</summary>
/// <param name="Verdict">How the two stand to each other.</param>
/// <param name="Reasons">Which equivalences were needed, or why it cannot be said.</param>
public sealed record AttributeComparison(AttributeVerdict Verdict, ComparisonReasons Reasons = ComparisonReasons.None)
{
    /// <summary>Whether the form says the same as the certificate.</summary>
    public bool IsMatch => Verdict is AttributeVerdict.Equal or AttributeVerdict.Equivalent;
}
