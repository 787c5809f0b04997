namespace MedId.Cli.Requirements;

/// <summary>The text of an error code in both languages.</summary>
/// <param name="En">English, for operators.</param>
/// <param name="Ja">Japanese, for people who read no English.</param>
internal sealed record ErrorText(string En, string Ja)
{
    /// <summary>The text in <c>en</c> or <c>ja</c>.</summary>
    public string In(string language) => language == "ja" ? Ja : En;
}
