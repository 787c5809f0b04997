namespace MedId.Jpki.Certificates;

/// <summary>Two characters that are compared as one. It says that people write one for the other, not that they are the same.</summary>
/// <param name="Character">One.</param>
/// <param name="ComparedAs">The other.</param>
/// <param name="IsOldForm">Whether it is a pair of old and new form, else one of variants.</param>
/// <param name="Source">Which source of the table says so.</param>
/// <param name="Certainty">How well it is known.</param>
public sealed record VariantCharacterRow(string Character, string ComparedAs, bool IsOldForm, string Source, DataCertainty Certainty);
