namespace MedId.Pki;

/// <summary>What one query costs.</summary>
/// <param name="Kind">The kind of query.</param>
/// <param name="Host">The host as the ledger writes it; null for every host.</param>
/// <param name="Amount">The price of one query, not negative, in the table's currency.</param>
public sealed record EvidencePrice(EvidenceKind Kind, string? Host, decimal Amount);
