namespace MedId.Provider;

/// <summary>What a decision keeps between attempts.</summary>
/// <param name="Observed">How many of those who oversee were told.</param>
internal sealed record DecideState(int Observed);
