namespace MedId.Core;

/// <summary>The acr an OP may say about an authentication, with the level that carries it.</summary>
/// <param name="Acr">The class.</param>
/// <param name="Aal">The level in the class's own edition.</param>
public sealed record AcrDecision(string Acr, AalDecision Aal);
