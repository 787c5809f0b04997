using System.Collections.Concurrent;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Counts the questions about revocation by kind and purpose (mission row E7). Give it to the gatherer and to the <see cref="GatheringEvidenceSource"/> that uses it.</summary>
/// <remarks>In memory; hand every line on to a ledger of your own to keep it. A question that several checks share at one moment is asked, and counted, once.</remarks>
public sealed class JpkiCostLedger : IEvidenceLedger
{
    private readonly AsyncLocal<Scope?> _scope = new();
    private readonly ConcurrentQueue<JpkiCostEntry> _entries = new();
    private readonly IEvidenceLedger? _next;

    /// <summary>A ledger.</summary>
    /// <param name="next">Gets every line too; null for nobody.</param>
    public JpkiCostLedger(IEvidenceLedger? next = null) => _next = next;

    /// <summary>Every line so far.</summary>
    public IReadOnlyList<JpkiCostEntry> Entries => [.. _entries];

    /// <summary>How many questions may be charged.</summary>
    /// <param name="query">Of which sort.</param>
    /// <param name="purpose">Why they were asked; null for all.</param>
    public int Count(JpkiQuery query, JpkiCheckPurpose? purpose = null) =>
        _entries.Count(e => e.Query.MayBeCharged && QueryOf(e.Query.Kind) == query && (purpose is null || e.Purpose == purpose));

    /// <summary>What they cost by a table.</summary>
    /// <param name="prices">The table.</param>
    public JpkiCost CostBy(JpkiPriceTable prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var cost = new JpkiCost(0, 0);
        foreach (var entry in _entries.Where(e => e.Query.MayBeCharged))
        {
            // The certificate of an issuer is no revocation information; JPKI's chains have none to ask for.
            if (QueryOf(entry.Query.Kind) is { } query)
            {
                cost = entry.Kind is { } kind && prices.PriceOf(query, kind, entry.Query.At) is { } yen ? cost with { Yen = cost.Yen + yen } : cost with { Unpriced = cost.Unpriced + 1 };
            }
        }

        return cost;
    }

    /// <inheritdoc/>
    public ValueTask RecordAsync(EvidenceLedgerEntry entry, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(entry);
        _entries.Enqueue(new(entry, _scope.Value?.Kind, _scope.Value?.Purpose));
        return _next?.RecordAsync(entry, cancellationToken) ?? ValueTask.CompletedTask;
    }

    /// <summary>Says what the questions of this flow are for; ends with the method that calls it, as the flow does.</summary>
    internal void Begin(JpkiCertificateKind kind, JpkiCheckPurpose purpose) => _scope.Value = new(kind, purpose);

    private static JpkiQuery? QueryOf(EvidenceKind kind) => kind switch
    {
        EvidenceKind.Ocsp => JpkiQuery.Ocsp,
        EvidenceKind.Crl or EvidenceKind.DeltaCrl => JpkiQuery.Crl,
        _ => null,
    };

    private sealed record Scope(JpkiCertificateKind Kind, JpkiCheckPurpose Purpose);
}
