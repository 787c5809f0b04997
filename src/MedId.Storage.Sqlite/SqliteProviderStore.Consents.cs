using MedId.Core;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    private const string ConsentColumns = "SELECT id, status, withdrawn_at, body FROM consents ";

    /// <inheritdoc/>
    public ValueTask<ConsentRecord?> FindConsentAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.Single(ConsentColumns + "WHERE tenant=$tenant AND id=$id", row => ReadConsent(tenant, row), ("$tenant", tenant), ("$id", consentId)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<bool> IsConsentActiveAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Read(session => IsConsentActive(session, tenant, consentId, subject, at), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                ConsentColumns + "WHERE tenant=$tenant AND subject=$subject ORDER BY given_at DESC, rowid DESC",
                row => ReadConsent(tenant, row),
                ("$tenant", tenant),
                ("$subject", subject)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentEvent>> ListConsentEventsAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                "SELECT at, kind, by_client, entry FROM consent_events WHERE tenant=$tenant AND consent_id=$id ORDER BY seq",
                static row => new ConsentEvent(row.Time(0), row.GetString(1), row.TextOrNull(2)) { Entry = row.IsDBNull(3) ? null : row.GetInt64(3) },
                ("$tenant", tenant),
                ("$id", consentId)),
            cancellationToken));

    /// <inheritdoc/>
    public async ValueTask AppendConsentEventAsync(TenantId tenant, string consentId, ConsentEvent line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        await WriteAsync(
            tenant,
            session =>
            {
                AddConsentEvent(session, tenant, consentId, line);
                if (AuditLines.Told(consentId, SubjectOf(session, tenant, consentId), line) is { } told)
                {
                    Audit(session, tenant, told);
                }

                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawConsentAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        WriteAsync(
            tenant,
            session =>
            {
                var status = session.Single(
                    "SELECT status FROM consents WHERE tenant=$tenant AND id=$id AND subject=$subject",
                    static row => (ConsentStatus?)row.GetInt32(0),
                    ("$tenant", tenant),
                    ("$id", consentId),
                    ("$subject", subject));
                switch (status)
                {
                    case null:
                        return WithdrawalOutcome.Unknown;
                    case ConsentStatus.Withdrawn:
                        return WithdrawalOutcome.AlreadyWithdrawn;
                }

                Withdraw(session, tenant, consentId, at);
                return WithdrawalOutcome.Withdrawn;
            },
            cancellationToken);

    private void Withdraw(SqliteSession session, TenantId tenant, string consentId, DateTimeOffset at)
    {
        session.Execute(
            "UPDATE consents SET status=$withdrawn, withdrawn_at=$at WHERE tenant=$tenant AND id=$id AND status=$given",
            ("$withdrawn", ConsentStatus.Withdrawn),
            ("$at", at),
            ("$tenant", tenant),
            ("$id", consentId),
            ("$given", ConsentStatus.Given));
        CancelRequests(session, tenant, "consent_id", consentId);
        session.Execute("DELETE FROM refresh_tokens WHERE tenant=$tenant AND consent_id=$id", ("$tenant", tenant), ("$id", consentId));
        AddConsentEvent(session, tenant, consentId, new(at, "withdrawn", null));
        Send(session, MessageRules.OfEnded(tenant, consentId, at));
        Audit(session, tenant, AuditLines.Withdrawn(consentId, SubjectOf(session, tenant, consentId), at));
    }

    private static string SubjectOf(SqliteSession session, TenantId tenant, string consentId) =>
        session.Single("SELECT subject FROM consents WHERE tenant=$tenant AND id=$id", static row => row.GetString(0), ("$tenant", tenant), ("$id", consentId))!;

    private static bool IsConsentActive(SqliteSession session, TenantId tenant, string consentId, string subject, DateTimeOffset at) => session.Single(
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
    private static int AddConsentEvent(SqliteSession session, TenantId tenant, string consentId, ConsentEvent line, string? content = null) =>
        session.Execute(
            "INSERT INTO consent_events(tenant, consent_id, at, kind, by_client, entry) VALUES($tenant, $id, $at, $kind, $by, $entry)",
            ("$tenant", tenant),
            ("$id", consentId),
            ("$at", line.At),
            ("$kind", line.Kind),
            ("$by", line.By),
            ("$entry", LinkEvent(session, tenant, consentId, line, content)));

    private void AddConsent(SqliteSession session, ConsentRecord consent, string? deviceId) =>
        session.Execute(
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

    private ConsentRecord ReadConsent(TenantId tenant, SqliteDataReader row) =>
        _vault.Open(tenant, "consents.body", row.GetString(0), row.Blob(3), RecordJson.Context.ConsentRecord) with
        {
            Status = (ConsentStatus)row.GetInt32(1),
            WithdrawnAt = row.TimeOrNull(2),
        };
}
