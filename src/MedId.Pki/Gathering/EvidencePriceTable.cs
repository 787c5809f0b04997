namespace MedId.Pki;

/// <summary>Prices as dated data: who publishes them changes them, and no release is needed.</summary>
/// <param name="Currency">The currency, e.g. <c>JPY</c>.</param>
/// <param name="ValidFrom">Since when the prices hold.</param>
/// <param name="Source">Who published them.</param>
/// <param name="Prices">The prices; a row with a host goes before one without.</param>
public sealed record EvidencePriceTable(string Currency, DateOnly ValidFrom, string Source, IReadOnlyList<EvidencePrice> Prices)
{
    /// <summary>What a query costs; zero when the server certainly did not get it, when it was before the table, or when no row fits.</summary>
    /// <param name="entry">The ledger's line.</param>
    public decimal PriceOf(EvidenceLedgerEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!entry.MayBeCharged || DateOnly.FromDateTime(entry.At.UtcDateTime) < ValidFrom)
        {
            return 0;
        }

        var rows = Prices.Where(price => price.Kind == entry.Kind).ToList();
        var row = rows.Find(price => string.Equals(price.Host, entry.Host, StringComparison.OrdinalIgnoreCase)) ?? rows.Find(price => price.Host is null);
        return row?.Amount ?? 0;
    }
}
