namespace MedId.Pki;

/// <summary>
/// Gathers what <see cref="PathValidator"/> decides on: issuers by caIssuers, CRLs by their distribution points, OCSP responses. It decides nothing; what it leaves out
/// only leaves a decision open.
/// </summary>
/// <remarks>
/// Keep one for the life of the program: it remembers evidence for as long as <see cref="FreshnessPolicy"/> says, the last good CRL of each scope for as long as there is
/// room, and joins queries for the same thing at the same moment. Safe to use from any number of threads.
/// </remarks>
public sealed class EvidenceGatherer : IDisposable
{
    private readonly EvidenceGatheringOptions _options;
    private readonly TimeProvider _time;
    private readonly EvidenceFetcher _fetcher;
    private readonly EvidenceCache _cache;

    /// <summary>Gathers over HTTP.</summary>
    /// <param name="client">The caller's client; best over <see cref="EvidenceAddressRules.CreateHandler"/>.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ledger">Where queries are written down; null for nowhere.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EvidenceGatherer(HttpClient client, EvidenceGatheringOptions? options = null, IEvidenceLedger? ledger = null, TimeProvider? time = null)
        : this(new HttpEvidenceTransport(client, time: time, ocspByPostOnly: options?.OcspByPostOnly ?? false), options, ledger, time)
    {
    }

    /// <summary>Gathers over a transport of the caller's, e.g. into a closed network.</summary>
    /// <param name="transport">The transport.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="ledger">Where queries are written down; null for nowhere.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public EvidenceGatherer(IEvidenceTransport transport, EvidenceGatheringOptions? options = null, IEvidenceLedger? ledger = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new();
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_options.TotalTimeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.MaxConcurrency, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.AttemptsPerAddress, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(_options.CacheCapacity, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegative(_options.MaxQueries, nameof(options));
        _time = time ?? TimeProvider.System;
        _fetcher = new(transport, _options, ledger, _time);
        _cache = new(_options.CacheCapacity);
    }

    /// <summary>Gathers for one certificate.</summary>
    /// <param name="target">The certificate.</param>
    /// <param name="anchors">Who is trusted; above them nothing is asked.</param>
    /// <param name="known">What is at hand already: certificates that came along, CRLs from files; null for nothing.</param>
    /// <param name="cancellationToken">Ends the gathering.</param>
    /// <returns>What was found, and what was not and why. Never fails because a server does.</returns>
    public async Task<GatheredEvidence> GatherAsync(
        Certificate target, IReadOnlyCollection<TrustAnchor> anchors, PathEvidence? known = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(anchors);
        using var clock = new CancellationTokenSource(_options.TotalTimeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        var run = new GatheringRun(_options, _fetcher, _cache, _time, known ?? PathEvidence.Empty, both.Token);
        var chain = await new GatheringChain(run, anchors).FindAsync(target).ConfigureAwait(false);
        await Task.WhenAll(chain
            .Where((link, index) => link.Issuer is not null && (_options.Scope == RevocationScope.Chain || (_options.Scope == RevocationScope.Leaf && index == 0)))
            .Select(link => new GatheringRevocation(run, link.Certificate, link.Issuer!).GatherAsync())).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return new()
        {
            Evidence = run.Evidence,
            Chain = [.. chain.Select(link => link.Certificate)],
            Attempts = run.Attempts,
            IsCutShort = run.IsCutShort,
        };
    }

    /// <summary>Frees what waits; gatherings must have ended.</summary>
    public void Dispose() => _fetcher.Dispose();
}
