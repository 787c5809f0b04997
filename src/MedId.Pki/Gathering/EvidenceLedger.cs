using System.Collections.Concurrent;

namespace MedId.Pki;

/// <summary>A ledger in memory, for tests and for programs that end.</summary>
public sealed class EvidenceLedger : IEvidenceLedger
{
    private readonly ConcurrentQueue<EvidenceLedgerEntry> _entries = new();

    /// <summary>Every line so far.</summary>
    public IReadOnlyList<EvidenceLedgerEntry> Entries => [.. _entries];

    /// <summary>How many queries of a kind a server may have got.</summary>
    /// <param name="kind">The kind.</param>
    public int Count(EvidenceKind kind) => _entries.Count(entry => entry.Kind == kind && entry.MayBeCharged);

    /// <summary>What the queries so far cost by a table.</summary>
    /// <param name="prices">The table.</param>
    /// <returns>The sum in the table's currency.</returns>
    public decimal CostBy(EvidencePriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return _entries.Sum(prices.PriceOf);
    }

    /// <inheritdoc/>
    public ValueTask RecordAsync(EvidenceLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.Enqueue(entry);
        return ValueTask.CompletedTask;
    }
}
