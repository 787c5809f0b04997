namespace MedId.Provider;

/// <summary>A reason for which the glass may be broken, in words that patients read.</summary>
/// <param name="Code">The code, 1 to 64 characters.</param>
/// <param name="Japanese">In Japanese.</param>
/// <param name="English">In English.</param>
public sealed record BreakGlassReasonWords(string Code, string Japanese, string English)
{
    /// <summary>The words.</summary>
    /// <param name="language"><c>ja</c>, or English for every other.</param>
    public string In(string language) => language == "ja" ? Japanese : English;
}
