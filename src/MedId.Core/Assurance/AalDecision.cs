namespace MedId.Core;

/// <summary>A level with the edition that gives it meaning and the clause that stopped it from being higher.</summary>
/// <param name="Edition">The edition evaluated.</param>
/// <param name="Level">The level reached.</param>
/// <param name="Clause">The clause that stopped the next level, or the clause of the highest one.</param>
/// <param name="Reason">The condition in words, English.</param>
public sealed record AalDecision(AssuranceEdition Edition, AuthenticatorAssuranceLevel Level, string Clause, string Reason);
