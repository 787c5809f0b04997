using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string ConsentColumns = "SELECT id, status, withdrawn_at, body FROM consents ";

    private const string OwnerOfConsent = "SELECT subject FROM consents WHERE tenant=$tenant AND id=$id";

    /// <inheritdoc/>
    public ValueTask<ConsentRecord?> FindConsentAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.SingleAsync(ConsentColumns + "WHERE tenant=$tenant AND id=$id", row => ReadConsent(tenant, row), ("$tenant", tenant), ("$id", consentId)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<bool> IsConsentActiveAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        ReadAsync(session => IsConsentActiveAsync(session, tenant, consentId, subject, at), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                ConsentColumns + "WHERE tenant=$tenant AND subject=$subject ORDER BY given_at DESC, rowid DESC",
                row => ReadConsent(tenant, row),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentEvent>> ListConsentEventsAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                "SELECT at, kind, by_client, entry FROM consent_events WHERE tenant=$tenant AND consent_id=$id ORDER BY seq",
                static row => new ConsentEvent(row.Time(0), row.GetString(1), row.TextOrNull(2)) { Entry = row.IsDBNull(3) ? null : row.GetInt64(3) },
                ("$tenant", tenant),
                ("$id", consentId)),
            cancellationToken);

    /// <inheritdoc/>
    public async ValueTask AppendConsentEventAsync(TenantId tenant, string consentId, ConsentEvent line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        await WriteAsync(
            tenant,
            async session =>
            {
                await LockOwnerAsync(session, OwnerOfConsent, tenant, consentId).ConfigureAwait(false);
                await AddConsentEventAsync(session, tenant, consentId, line).ConfigureAwait(false);
                if (AuditLines.Told(consentId, await SubjectOfAsync(session, tenant, consentId).ConfigureAwait(false), line) is { } told)
                {
                    session.Audit(tenant, told);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawConsentAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(tenant, session => WithdrawAsync(session, tenant, consentId, subject, at), cancellationToken);

    private async ValueTask<WithdrawalOutcome> WithdrawAsync(
        SqlSession session, TenantId tenant, string consentId, string subject, DateTimeOffset at, string? by = null, AuditLine? line = null)
    {
        await session.LockAsync(SqlLock.Person, tenant, subject).ConfigureAwait(false);
        var status = await session.SingleAsync(
            "SELECT status FROM consents WHERE tenant=$tenant AND id=$id AND subject=$subject",
            static row => (ConsentStatus?)row.GetInt32(0),
            ("$tenant", tenant),
            ("$id", consentId),
            ("$subject", subject)).ConfigureAwait(false);
        switch (status)
        {
            case null:
                return WithdrawalOutcome.Unknown;
            case ConsentStatus.Withdrawn:
                return WithdrawalOutcome.AlreadyWithdrawn;
        }

        await WithdrawAsync(session, tenant, consentId, at, by, line).ConfigureAwait(false);
        return WithdrawalOutcome.Withdrawn;
    }

    private async ValueTask WithdrawAsync(SqlSession session, TenantId tenant, string consentId, DateTimeOffset at, string? by = null, AuditLine? line = null)
    {
        await session.ExecuteAsync(
            "UPDATE consents SET status=$withdrawn, withdrawn_at=$at WHERE tenant=$tenant AND id=$id AND status=$given",
            ("$withdrawn", ConsentStatus.Withdrawn),
            ("$at", at),
            ("$tenant", tenant),
            ("$id", consentId),
            ("$given", ConsentStatus.Given)).ConfigureAwait(false);
        await CancelRequestsAsync(session, tenant, "consent_id", consentId).ConfigureAwait(false);
        await session.ExecuteAsync("DELETE FROM refresh_tokens WHERE tenant=$tenant AND consent_id=$id", ("$tenant", tenant), ("$id", consentId)).ConfigureAwait(false);
        await AddConsentEventAsync(session, tenant, consentId, new(at, "withdrawn", by)).ConfigureAwait(false);
        await SendAsync(session, MessageRules.OfEnded(tenant, consentId, at)).ConfigureAwait(false);
        session.Audit(tenant, line ?? AuditLines.Withdrawn(consentId, await SubjectOfAsync(session, tenant, consentId).ConfigureAwait(false), at));
    }

    private static async ValueTask<string> SubjectOfAsync(SqlSession session, TenantId tenant, string consentId) =>
        (await session.SingleAsync(OwnerOfConsent, static row => row.GetString(0), ("$tenant", tenant), ("$id", consentId)).ConfigureAwait(false))!;

    private static ValueTask<bool> IsConsentActiveAsync(SqlSession session, TenantId tenant, string consentId, string subject, DateTimeOffset at) => session.SingleAsync(
        """
        SELECT d.state FROM consents c JOIN accounts a ON a.tenant=c.tenant AND a.id=c.subject
        LEFT JOIN devices d ON d.tenant=c.tenant AND d.key_digest=c.device_id
        LEFT JOIN standing_consents s ON s.tenant=c.tenant AND s.id=c.standing_id
        LEFT JOIN proxy_relations r ON r.tenant=c.tenant AND r.id=c.relation_id
        LEFT JOIN accounts p ON p.tenant=c.tenant AND p.id=r.proxy
        WHERE c.tenant=$tenant AND c.id=$id AND c.subject=$subject AND c.status=$given AND c.access_until>$at AND a.status=$active
        AND (c.standing_id IS NULL OR s.status=$given)
        AND (c.relation_id IS NULL OR (r.state=$standing AND r.valid_from<=$at AND r.ends_at>$at AND p.status=$active))
        """,
        // A consent of schema 1 names its device from the first change of one of its owner's devices on.
        static row => row.IsDBNull(0) || DeviceTransitions.ConsentsStand((DeviceState)row.GetInt32(0)),
        ("$tenant", tenant),
        ("$id", consentId),
        ("$subject", subject),
        ("$given", ConsentStatus.Given),
        ("$at", at),
        ("$standing", ProxyState.Active),
        ("$active", AccountStatus.Active));

    /// <summary>Adds a line to a consent's history, and its entry to the person's chain where it is an event of the consent's life.</summary>
    private static async ValueTask AddConsentEventAsync(SqlSession session, TenantId tenant, string consentId, ConsentEvent line, string? content = null)
    {
        var entry = await LinkEventAsync(session, tenant, consentId, line, content).ConfigureAwait(false);
        await session.ExecuteAsync(
            "INSERT INTO consent_events(tenant, consent_id, at, kind, by_client, entry) VALUES($tenant, $id, $at, $kind, $by, $entry)",
            ("$tenant", tenant),
            ("$id", consentId),
            ("$at", line.At),
            ("$kind", line.Kind),
            ("$by", line.By),
            ("$entry", entry)).ConfigureAwait(false);
    }

    private ValueTask<int> AddConsentAsync(SqlSession session, ConsentRecord consent, string? deviceId) =>
        session.ExecuteAsync(
            """
            INSERT INTO consents(tenant, id, subject, device_id, standing_id, relation_id, status, given_at, access_until, withdrawn_at, reuse, recipient_version, body)
            VALUES($tenant, $id, $subject, $device, $standing, $relation, $status, $given, $until, $withdrawn, $reuse, $version, $body)
            """,
            ("$tenant", consent.Tenant),
            ("$id", consent.Id),
            ("$subject", consent.Subject),
            ("$device", deviceId),
            ("$standing", consent.Ground?.StandingConsentId),
            ("$relation", consent.Proxy?.RelationId),
            ("$status", consent.Status),
            ("$given", consent.GivenAt),
            ("$until", consent.AccessUntil),
            ("$withdrawn", consent.WithdrawnAt),
            ("$reuse", StoreRules.MarkOf(consent).Reuse),
            ("$version", consent.Notice.RecipientVersion),
            ("$body", _vault.Seal(consent.Tenant, "consents.body", consent.Id, consent, RecordJson.Context.ConsentRecord)));

    private ConsentRecord ReadConsent(TenantId tenant, DbDataReader row) =>
        _vault.Open(tenant, "consents.body", row.GetString(0), row.Blob(3), RecordJson.Context.ConsentRecord) with
        {
            Status = (ConsentStatus)row.GetInt32(1),
            WithdrawnAt = row.TimeOrNull(2),
        };
}
