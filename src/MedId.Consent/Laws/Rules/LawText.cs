namespace MedId.Consent;

/// <summary>A text in both languages.</summary>
/// <param name="En">English.</param>
/// <param name="Ja">Japanese.</param>
public sealed record LawText(string En, string Ja);
