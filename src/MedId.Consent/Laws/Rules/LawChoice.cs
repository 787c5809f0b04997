namespace MedId.Consent;

/// <summary>Which laws a case is under.</summary>
/// <param name="Laws">The laws of every jurisdiction that is known, all at once: the strictest decides.</param>
/// <param name="Missing">The jurisdictions that are not known; with any of them no answer is a pass.</param>
public sealed record LawChoice(IReadOnlyList<Law> Laws, IReadOnlyList<string> Missing);
