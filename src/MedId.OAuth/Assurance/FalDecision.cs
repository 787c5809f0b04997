using MedId.Core;

namespace MedId.OAuth;

/// <summary>A level with what limits it.</summary>
/// <param name="Edition">The edition.</param>
/// <param name="Level">The level.</param>
/// <param name="Clause">The section that was decisive.</param>
/// <param name="Reason">What is missing for the next level, or what gives the highest.</param>
public sealed record FalDecision(AssuranceEdition Edition, FederationAssuranceLevel Level, string Clause, string Reason);
