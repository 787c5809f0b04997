namespace MedId.Provider;

/// <summary>One thing that a notice says about a recipient, in words that people understand.</summary>
/// <param name="Fact">Which item of a notice it states, by the fact's name in MedId.Consent: <c>notice_retention</c>, <c>notice_rights</c> …</param>
/// <param name="Ja">In Japanese.</param>
/// <param name="En">In English.</param>
public sealed record NoticeStatement(string Fact, string Ja, string En)
{
    /// <summary>The words.</summary>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    /// <returns>The words in that language.</returns>
    /// <exception cref="ArgumentException">Another language.</exception>
    public string In(string language) => language switch
    {
        "ja" => Ja,
        "en" => En,
        _ => throw new ArgumentException("Notices exist in ja and en.", nameof(language)),
    };
}
