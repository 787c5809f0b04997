namespace MedId.Jpki.Certificates;

/// <summary>What questions cost.</summary>
/// <param name="Yen">The sum of those whose price is known.</param>
/// <param name="Unpriced">How many have no price that anybody answers for. Unknown is not free.</param>
public readonly record struct JpkiCost(long Yen, int Unpriced);
