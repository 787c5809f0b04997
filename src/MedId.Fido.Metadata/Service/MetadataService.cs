using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>Keeps the metadata current: fetches the BLOB when it is due, verifies it, and goes on with the last good one when anything fails. FIDO MDS 3.0 §3.2.</summary>
/// <remarks>
/// Keep one for the life of the program; safe to use from any number of threads. It has no timer of its own: a host calls <see cref="RefreshAsync"/> as often as it likes, at most one
/// fetch is on its way, and none before <c>nextUpdate</c>. Start with <see cref="LoadAsync"/>.
/// </remarks>
public sealed class MetadataService : IMetadataSource
{
    private readonly MetadataServiceOptions _options;
    private readonly EvidenceGatherer? _gatherer;
    private readonly TimeProvider _time;
    private readonly MetadataTransport _transport;
    private readonly Lock _gate = new();
    private volatile MetadataBlob? _current;
    private Task<MetadataRefresh>? _running;
    private DateTimeOffset? _lastAttempt;
    private MedIdError? _lastError;
    private string? _entityTag;

    /// <summary>Makes a service; nothing is fetched yet.</summary>
    /// <param name="client">The caller's client. One that follows redirects is noticed and refused.</param>
    /// <param name="options">How.</param>
    /// <param name="gatherer">Gathers revocation evidence about the signer; null where the options have the evidence.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">No root, an address that is not HTTPS, or a limit out of range.</exception>
    public MetadataService(HttpClient client, MetadataServiceOptions options, EvidenceGatherer? gatherer = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfZero(options.Roots.Count, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxBytes, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.RetryAfter, TimeSpan.Zero, nameof(options));
        if (!MetadataTransport.IsAllowed(options.Address, options))
        {
            throw new ArgumentException("The address is HTTPS.", nameof(options));
        }

        (_options, _gatherer, _time) = (options, gatherer, time ?? TimeProvider.System);
        _transport = new(client, options, _time);
    }

    /// <summary>The BLOB in use; null before the first good one.</summary>
    public MetadataBlob? Current => _current;

    /// <summary>Whether the metadata are missing or past their next update: a host is degraded then, and says so.</summary>
    public bool IsStale => _current is not { } blob || blob.IsStale(_time.GetUtcNow());

    /// <summary>Reads the file of the options, as after a restart. A BLOB that is in use already stays unless the file has a newer one.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>What was decided about it; <c>metadata.no_blob</c> when there is no file.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public async Task<MetadataBlobDecision> LoadAsync(CancellationToken cancellationToken = default)
    {
        if (_options.File is not { } path || !File.Exists(path))
        {
            return MetadataBlob.Refuse(new(MetadataErrorCodes.NoBlob, ErrorCategory.State, MetadataSections.Processing, "there is no file"), isOpen: true);
        }

        if (new FileInfo(path).Length > _options.MaxBytes)
        {
            return MetadataBlob.Refuse(new(MetadataErrorCodes.TooLarge, ErrorCategory.Malformed, MetadataSections.Processing, "the file is larger than is read"));
        }

        var jws = await File.ReadAllTextAsync(path, Encoding.UTF8, cancellationToken).ConfigureAwait(false);
        var revocation = _options.ReadFileWithoutRevocation ? RevocationRequirement.NotRequired : _options.Revocation;
        return Take(await VerifyAsync(jws, Rules() with { Revocation = revocation }, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Fetches the BLOB if it is due. Whoever calls while a fetch is on its way gets that one's result.</summary>
    /// <param name="cancellationToken">Ends the waiting, not the fetch that others wait for too.</param>
    /// <returns>What it brought. A service that does not answer is a result and no exception.</returns>
    /// <exception cref="IOException">The new BLOB is in use, and the file could not be written.</exception>
    public Task<MetadataRefresh> RefreshAsync(CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            if (_running is not { IsCompleted: false })
            {
                _running = Task.Run(RunAsync, CancellationToken.None);
            }

            return _running.WaitAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public MetadataEntry? FindByAaguid(Guid aaguid) => Fresh(blob => blob.FindByAaguid(aaguid));

    /// <inheritdoc/>
    public MetadataEntry? FindByAaid(string aaid) => Fresh(blob => blob.FindByAaid(aaid));

    /// <inheritdoc/>
    public MetadataEntry? FindByKeyIdentifier(string keyIdentifier) => Fresh(blob => blob.FindByKeyIdentifier(keyIdentifier));

    // Of a BLOB that is older than policy bears, every model has a problem: it is found, and no longer accepted.
    private MetadataEntry? Fresh(Func<MetadataBlob, MetadataEntry?> find) => _current is { } blob && find(blob) is { } entry
        ? blob.FindStaleness(_options.MaximumStaleness, _time.GetUtcNow()) is { } stale ? entry with { Problem = stale } : entry
        : null;

    private async Task<MetadataRefresh> RunAsync()
    {
        var now = _time.GetUtcNow();
        if (_current?.IsStale(now) == false || now < _lastAttempt + _options.RetryAfter)
        {
            return new(MetadataRefreshOutcome.NotDue, _lastError);
        }

        // §3.2 step 1: not before nextUpdate, and not again at once after a failure.
        _lastAttempt = now;
        var answer = await _transport.GetAsync(_options.Address, _current is null ? null : _entityTag).ConfigureAwait(false);
        if (answer.Error is not null || answer.IsNotModified)
        {
            _lastError = answer.Error;
            return new(answer.IsNotModified ? MetadataRefreshOutcome.NotModified : MetadataRefreshOutcome.Failed, answer.Error);
        }

        var (before, jws) = (_current, Encoding.UTF8.GetString(answer.Content.Span).Trim());
        var decision = Take(await VerifyAsync(jws, Rules(), CancellationToken.None).ConfigureAwait(false));
        _lastError = decision.Error;
        if (!decision.IsAccepted)
        {
            return new(MetadataRefreshOutcome.Failed, decision.Error, decision);
        }

        _entityTag = answer.EntityTag;
        if (_options.File is { } path)
        {
            await MetadataFile.ReplaceAsync(path, jws).ConfigureAwait(false);
        }

        return new(before?.Number == decision.Blob.Number ? MetadataRefreshOutcome.NotModified : MetadataRefreshOutcome.Updated, null, decision);
    }

    private MetadataBlobRules Rules() => new()
    {
        Roots = _options.Roots,
        At = _time.GetUtcNow(),
        Evidence = _options.Evidence,
        Revocation = _options.Revocation,
        Algorithms = _options.Algorithms,
        SignerName = _options.SignerName,
        Current = _current,
        MaximumStaleness = _options.MaximumStaleness,
        AllowCertificateAddress = _options.AllowCertificateAddress,
        Address = _options.Address,
    };

    private async Task<MetadataBlobDecision> VerifyAsync(string jws, MetadataBlobRules rules, CancellationToken cancellationToken)
    {
        if (_options.AllowCertificateAddress)
        {
            rules = rules with { FetchedCertificates = await FetchCertificatesAsync(jws).ConfigureAwait(false) };
        }

        // Evidence is gathered for the path that the BLOB itself names, and judged with everything else afterwards.
        var certificates = MetadataBlob.ReadSignerCertificates(jws, rules);
        if (_gatherer is not null && certificates.Succeeded)
        {
            List<TrustAnchor> anchors = [.. rules.Roots.Where(root => root.CountsAt(rules.At)).Select(root => root.Anchor)];
            var known = rules.Evidence with { Certificates = [.. certificates.Value.Skip(1), .. rules.Evidence.Certificates] };
            var gathered = await _gatherer.GatherAsync(certificates.Value[0], anchors, known, cancellationToken).ConfigureAwait(false);
            rules = rules with { Evidence = gathered.Evidence };
        }

        return MetadataBlob.Verify(jws, rules);
    }

    // RFC 7515 §4.1.5: PEM, the signer first.
    private async Task<IReadOnlyList<Certificate>> FetchCertificatesAsync(string jws)
    {
        if (CompactJws.Parse(jws, MetadataBlob.MaxLength) is not { Succeeded: true, Value: { } parsed }
            || !parsed.Header.Members.TryGetProperty("x5u"u8, out var address)
            || SignerCertificates.AddressOnOrigin(address, _options.Address) is not { } uri)
        {
            return [];
        }

        var answer = await _transport.GetAsync(uri, null).ConfigureAwait(false);
        var certificates = new List<Certificate>();
        var rest = Encoding.UTF8.GetString(answer.Content.Span).AsSpan();
        while (certificates.Count < SignerCertificates.Most && PemEncoding.TryFind(rest, out var fields))
        {
            var der = new byte[fields.DecodedDataLength];
            if (Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out _) && Certificate.Parse(der) is { Succeeded: true, Value: { } certificate })
            {
                certificates.Add(certificate);
            }

            rest = rest[fields.Location.End..];
        }

        return certificates;
    }

    // The gate keeps a file that is read late from replacing what was fetched meanwhile.
    private MetadataBlobDecision Take(MetadataBlobDecision decision)
    {
        lock (_gate)
        {
            if (decision.IsAccepted && (_current is not { } current || decision.Blob.Number >= current.Number))
            {
                _current = decision.Blob;
            }
        }

        return decision;
    }
}
