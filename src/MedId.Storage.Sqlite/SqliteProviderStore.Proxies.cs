using MedId.Core;
using MedId.Provider;
using Microsoft.Data.Sqlite;

namespace MedId.Storage.Sqlite;

public sealed partial class SqliteProviderStore
{
    private const string RelationColumns = "SELECT id, state, body, appointment FROM proxy_relations ";

    /// <inheritdoc/>
    public ValueTask<MedIdResult<Unit>> AddProxyRelationAsync(ProxyRelation relation, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckNew(relation);
        var tenant = relation.Tenant;
        return WriteAsync<MedIdResult<Unit>>(
            tenant,
            session =>
            {
                if (!IsActive(session, tenant, relation.Patient) || !IsActive(session, tenant, relation.Proxy))
                {
                    return ProxyRules.AccountNotActive();
                }

                var others = session.Single(
                    "SELECT count(*) FROM proxy_relations WHERE tenant=$tenant AND patient=$patient AND proxy=$proxy AND state<>$ended AND ends_at>$at",
                    static row => row.GetInt64(0),
                    ("$tenant", tenant),
                    ("$patient", relation.Patient),
                    ("$proxy", relation.Proxy),
                    ("$ended", ProxyState.Ended),
                    ("$at", relation.RegisteredAt));
                if (others > 0)
                {
                    return ProxyRules.Exists();
                }

                session.Execute(
                    """
                    INSERT INTO proxy_relations(tenant, id, patient, proxy, state, registered_at, valid_from, ends_at, body)
                    VALUES($tenant, $id, $patient, $proxy, $state, $registered, $from, $end, $body)
                    """,
                    ("$tenant", tenant),
                    ("$id", relation.Id),
                    ("$patient", relation.Patient),
                    ("$proxy", relation.Proxy),
                    ("$state", relation.State),
                    ("$registered", relation.RegisteredAt),
                    ("$from", relation.ValidFrom),
                    ("$end", relation.EndsAt),
                    ("$body", _vault.Seal(tenant, "proxy_relations.body", relation.Id, relation, RecordJson.Context.ProxyRelation)));
                foreach (var line in ProxyRules.FirstLines(relation))
                {
                    AddLine(session, tenant, line);
                }

                return Unit.Value;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ProxyRelation?> FindProxyRelationAsync(TenantId tenant, string relationId, CancellationToken cancellationToken = default) =>
        new(Read(session => FindRelation(session, tenant, relationId), cancellationToken));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProxyRelation>> ListProxyRelationsAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                RelationColumns + "WHERE tenant=$tenant AND (patient=$account OR proxy=$account) ORDER BY registered_at DESC, rowid DESC",
                row => ReadRelation(tenant, row),
                ("$tenant", tenant),
                ("$account", accountId)),
            cancellationToken));

    /// <inheritdoc/>
    public ValueTask<MedIdResult<ProxyRelation>> ChangeProxyRelationAsync(ProxyChange change, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckChange(change);
        var tenant = change.Tenant;
        return WriteAsync<MedIdResult<ProxyRelation>>(
            tenant,
            session =>
            {
                if (FindRelation(session, tenant, change.RelationId) is not { } relation)
                {
                    return ProxyRules.UnknownRelation();
                }

                var decided = ProxyRules.Decide(relation, change.Event, change.At);
                if (!decided.Succeeded)
                {
                    return decided.Error;
                }

                if (change.Device is { } use)
                {
                    if (!IsActive(session, tenant, relation.Patient) || !IsActive(session, tenant, relation.Proxy))
                    {
                        return ProxyRules.AccountNotActive();
                    }

                    var device = FindDevice(session, tenant, Device.IdOf(use.Model, use.KeyId));
                    if (use.AccountId != relation.Patient || device is null || device.AccountId != use.AccountId
                        || !StoreRules.MayAdvance(device.SignCounter, use.ExpectedCounter, use.NextCounter))
                    {
                        return ProxyRules.CounterMoved();
                    }

                    if (DeviceStanding.Refuse(device, change.At) is { } refusal)
                    {
                        return refusal;
                    }

                    StoreAct(session, device, use.NextCounter, use.BackedUp);
                    session.Execute(
                        "UPDATE proxy_relations SET appointment=$appointment WHERE tenant=$tenant AND id=$id",
                        ("$appointment", _vault.Seal(tenant, "proxy_relations.appointment", relation.Id, change.Appointment!, RecordJson.Context.ProxyAppointment)),
                        ("$tenant", tenant),
                        ("$id", relation.Id));
                    relation = relation with { Appointment = change.Appointment };
                }

                return Change(session, relation, change.Event, decided.Value, change.Actor, change.At);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsByProxyAsync(TenantId tenant, string proxy, CancellationToken cancellationToken = default) =>
        new(Read(
            session => session.List(
                """
                SELECT c.id, c.status, c.withdrawn_at, c.body FROM proxy_relations r JOIN consents c ON c.tenant=r.tenant AND c.relation_id=r.id
                WHERE r.tenant=$tenant AND r.proxy=$proxy ORDER BY c.given_at DESC, c.id
                """,
                row => ReadConsent(tenant, row),
                ("$tenant", tenant),
                ("$proxy", proxy)),
            cancellationToken));

    private bool MayConsentByProxy(SqliteSession session, Approval approval)
    {
        var (tenant, proxy) = (approval.Consent.Tenant, approval.Consent.Proxy!);
        return IsActive(session, tenant, proxy.Subject) && ProxyRules.Allows(FindRelation(session, tenant, proxy.RelationId), approval);
    }

    /// <summary>Puts a relation into a state that was decided, with all that follows from it.</summary>
    private ProxyRelation Change(SqliteSession session, ProxyRelation relation, ProxyEvent happened, ProxyState to, LifeCycleActor actor, DateTimeOffset at)
    {
        var (tenant, id) = (relation.Tenant, relation.Id);
        session.Execute("UPDATE proxy_relations SET state=$state WHERE tenant=$tenant AND id=$id", ("$state", to), ("$tenant", tenant), ("$id", id));
        foreach (var line in ProxyRules.Lines(relation, happened, to, actor, at))
        {
            AddLine(session, tenant, line);
        }

        if (to is ProxyState.Suspended or ProxyState.Ended)
        {
            CancelProxyRequests(session, tenant, "relation_id", id);
        }

        if (to == ProxyState.Ended)
        {
            var consents = session.List(
                "UPDATE consents SET status=$withdrawn, withdrawn_at=$at WHERE tenant=$tenant AND relation_id=$relation AND status=$given RETURNING id, subject",
                static row => (Id: row.GetString(0), Subject: row.GetString(1)),
                ("$withdrawn", ConsentStatus.Withdrawn),
                ("$at", at),
                ("$tenant", tenant),
                ("$relation", id),
                ("$given", ConsentStatus.Given));
            foreach (var (consent, subject) in consents)
            {
                session.Execute("DELETE FROM refresh_tokens WHERE tenant=$tenant AND consent_id=$id", ("$tenant", tenant), ("$id", consent));
                AddConsentEvent(session, tenant, consent, new(at, ProxyRules.ConsentEnded, null));
                Audit(session, tenant, AuditLines.Ended(consent, subject, ProxyRules.ConsentEnded, at));
            }
        }

        return relation with { State = to };
    }

    private void EndRelationsOf(SqliteSession session, TenantId tenant, string accountId, LifeCycleActor actor, DateTimeOffset at)
    {
        var standing = session.List(
            RelationColumns + "WHERE tenant=$tenant AND (patient=$account OR proxy=$account) AND state<>$ended ORDER BY registered_at, rowid",
            row => ReadRelation(tenant, row),
            ("$tenant", tenant),
            ("$account", accountId),
            ("$ended", ProxyState.Ended));
        foreach (var relation in standing)
        {
            Change(session, relation, ProxyEvent.End, ProxyState.Ended, actor, at);
        }
    }

    /// <summary>Ends a bounded batch of relations whose time has come.</summary>
    /// <returns>How many.</returns>
    private int EndRelationsInTime(SqliteSession session, DateTimeOffset at)
    {
        var due = session.List(
            "SELECT tenant, id FROM proxy_relations WHERE ends_at<=$at AND state<>3 ORDER BY ends_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Id: row.GetString(1)),
            ("$at", at),
            ("$batch", SweepBatch));
        foreach (var (tenant, id) in due)
        {
            var relation = FindRelation(session, tenant, id)!;
            Change(session, relation, ProxyRules.EndOf(relation), ProxyState.Ended, LifeCycleActor.Op, at);
        }

        return due.Count;
    }

    /// <summary>Cancels what was approved under a relation, or by a device for somebody else, and was not fetched yet.</summary>
    private void CancelProxyRequests(SqliteSession session, TenantId tenant, string column, string value)
    {
        var consents = session.List(
            $"SELECT id FROM consents WHERE tenant=$tenant AND {column}=$value AND relation_id IS NOT NULL",
            static row => row.GetString(0),
            ("$tenant", tenant),
            ("$value", value));
        foreach (var consent in consents)
        {
            CancelRequests(session, tenant, "consent_id", consent);
        }
    }

    private ProxyRelation? FindRelation(SqliteSession session, TenantId tenant, string id) =>
        session.Single(RelationColumns + "WHERE tenant=$tenant AND id=$id", row => ReadRelation(tenant, row), ("$tenant", tenant), ("$id", id));

    private ProxyRelation ReadRelation(TenantId tenant, SqliteDataReader row)
    {
        var id = row.GetString(0);
        return _vault.Open(tenant, "proxy_relations.body", id, row.Blob(2), RecordJson.Context.ProxyRelation) with
        {
            State = (ProxyState)row.GetInt32(1),
            Appointment = row.BlobOrNull(3) is { } appointment ? _vault.Open(tenant, "proxy_relations.appointment", id, appointment, RecordJson.Context.ProxyAppointment) : null,
        };
    }
}
