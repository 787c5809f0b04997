using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// The audit trail of this OP: what happened, written before its effect leaves, one chain for each tenant. Audit is not logging: when a line cannot be written the act does not happen.
/// </summary>
/// <remarks>
/// <para>Two ways to a line:</para>
/// <list type="number">
/// <item>A verb of the store that decides something writes its line in its own transaction. Add a pure function from the verb's arguments to an <see cref="AuditLine"/> in <c>AuditLines</c>, and in each
/// store one statement beside the change: <c>memory.Audit(AuditLines.Mine(…))</c> in memory, <c>Audit(session, tenant, AuditLines.Mine(…))</c> in SQLite. This is the way for everything that changes a state.</item>
/// <item>A service that decides without such a verb (a refusal, a desk act) awaits <see cref="RecordAsync"/> before it answers. It lets the exception of a store that cannot write pass, so the request
/// fails closed.</item>
/// </list>
/// <para>A line holds identifiers, codes and times. No token, key, name, address, hint or typed text goes into it: a reason is a code, a doctor is issuer and subject.</para>
/// </remarks>
public sealed class AuditTrail : IIntrospectionAudit, IRefreshAudit, IBackchannelAudit
{
    private const int Page = 500;

    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    public AuditTrail(IProviderStore store, ProviderOptions options, TimeProvider time)
    {
        _store = store;
        _options = options;
        _time = time;
    }

    /// <summary>Appends a line and waits until it is stored. Awaited before the effect of what it tells of leaves.</summary>
    /// <param name="line">What happened.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entry.</returns>
    public ValueTask<AuditEntry> RecordAsync(AuditLine line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return _store.AppendAuditAsync(_options.Tenant, line, cancellationToken);
    }

    /// <summary>The same for an event of this moment.</summary>
    /// <param name="happened">What happened.</param>
    /// <param name="line">Fills the rest.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The entry.</returns>
    public ValueTask<AuditEntry> RecordNowAsync(AuditEventKind happened, Func<AuditLine, AuditLine> line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        return RecordAsync(line(new() { Event = happened, At = _time.GetUtcNow() }), cancellationToken);
    }

    /// <summary>The end of the trail as it is now: keep it elsewhere, and verify the trail against it later.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<AuditHead> HeadAsync(CancellationToken cancellationToken = default) => _store.FindAuditHeadAsync(_options.Tenant, cancellationToken);

    /// <summary>Verifies the whole trail, piece by piece.</summary>
    /// <param name="kept">A head that was kept elsewhere; null: only the links are judged.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The report.</returns>
    public async ValueTask<AuditReport> VerifyAsync(AuditHead? kept = null, CancellationToken cancellationToken = default)
    {
        var report = new AuditReport { Head = AuditHead.Empty(_options.Tenant) };
        while (true)
        {
            var piece = await _store.ListAuditAsync(_options.Tenant, report.Head.Length + 1, Page, cancellationToken).ConfigureAwait(false);

            // The kept head is judged where its place is; only the last piece can say that it was never reached.
            var isLast = piece.Count < Page;
            var here = kept is null || isLast || kept.Tenant != _options.Tenant || (kept.Length >= report.Head.Length && kept.Length <= report.Head.Length + piece.Count) ? kept : null;
            report = AuditVerifier.Verify(report.Head, piece, here);
            if (!report.IsWhole || isLast)
            {
                return report;
            }
        }
    }

    /// <summary>
    /// Writes entries as FHIR R4 AuditEvent, one resource a line (NDJSON), verifying the links on the way: what was changed is not exported as if it had happened. For an operator; there is no route to it.
    /// </summary>
    /// <param name="output">Where to; flushed, not closed.</param>
    /// <param name="from">The head after the last entry that was exported before; null: from the beginning.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The head after the last entry written, for the next export; or where the trail is not whole.</returns>
    public async ValueTask<AuditReport> ExportAsync(Stream output, AuditHead? from = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(output);
        var report = new AuditReport { Head = from ?? AuditHead.Empty(_options.Tenant) };
        while (true)
        {
            var piece = await _store.ListAuditAsync(_options.Tenant, report.Head.Length + 1, Page, cancellationToken).ConfigureAwait(false);
            var before = report.Head;
            report = AuditVerifier.Verify(before, piece);
            foreach (var stored in piece.Take((int)(report.Head.Length - before.Length)))
            {
                var entry = AuditEntry.Parse(stored.Bytes).Value!;
                await output.WriteAsync(FhirAuditEvents.ToJson(entry, _options.Issuer), cancellationToken).ConfigureAwait(false);
                await output.WriteAsync(LineFeed, cancellationToken).ConfigureAwait(false);
            }

            if (!report.IsWhole || piece.Count < Page)
            {
                await output.FlushAsync(cancellationToken).ConfigureAwait(false);
                return report;
            }
        }
    }

    /// <inheritdoc/>
    async ValueTask<bool> IIntrospectionAudit.RecordAsync(TenantId tenant, AccessToken token, string resourceServer, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(token);
        if (_options.StopGuard is { } guard && await guard.IsReaderStoppedAsync(resourceServer, cancellationToken).ConfigureAwait(false))
        {
            return false;
        }

        var actor = token.Claims.TryGetProperty("act", out var act) ? AuditedActor.Of(act) : null;
        var line = new AuditLine
        {
            Event = AuditEventKind.DataAccessed,
            At = at,
            Agents = AuditLines.Agents(AuditAgent.ResourceServer(resourceServer), AuditAgent.Client(token.ClientId), actor?.Agent),
            Subject = token.Subject,
            ConsentId = token.GrantId,
            Resource = token.Audience,
            Scopes = token.Scopes,
            Purpose = actor?.Purpose,
        };
        return await _store.TryRecordReadAsync(tenant, token.GrantId, token.Subject, resourceServer, line, _options.ReadsToldApart, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    async ValueTask IRefreshAudit.RefusedAsync(TenantId tenant, string clientId, Grant? grant, MedIdError error, DateTimeOffset at, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(error);
        var line = grant is null ? new() { Event = AuditEventKind.RefreshRefused, At = at, Agents = [AuditAgent.Client(clientId)] } : AuditLines.Of(AuditEventKind.RefreshRefused, grant, at);
        await _store.AppendAuditAsync(tenant, line with { Outcome = AuditOutcome.Refused, ErrorCode = error.Code }, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    async ValueTask IBackchannelAudit.RefusedAsync(BackchannelRefusal refused, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(refused);
        await _store.AppendAuditAsync(
            refused.Tenant,
            new()
            {
                Event = AuditEventKind.RequestRefused,
                At = refused.At,
                Outcome = AuditOutcome.Refused,
                Agents = [AuditAgent.Client(refused.ClientId)],
                Subject = refused.AccountId,
                Resource = refused.Resource,
                Scopes = refused.Scopes,
                ErrorCode = refused.Error.Code,
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> LineFeed { get; } = "\n"u8.ToArray();
}
