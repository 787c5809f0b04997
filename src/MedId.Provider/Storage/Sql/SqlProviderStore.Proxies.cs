using System.Data.Common;
using MedId.Core;

namespace MedId.Provider;

public abstract partial class SqlProviderStore
{
    private const string RelationColumns = "SELECT id, state, body, appointment FROM proxy_relations ";

    /// <inheritdoc/>
    public ValueTask<MedIdResult<Unit>> AddProxyRelationAsync(ProxyRelation relation, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckNew(relation);
        var tenant = relation.Tenant;
        return WriteAsync<MedIdResult<Unit>>(
            tenant,
            async session =>
            {
                await session.LockAsync(SqlLock.Person, [(tenant, relation.Patient), (tenant, relation.Proxy)]).ConfigureAwait(false);
                if (!await IsActiveAsync(session, tenant, relation.Patient).ConfigureAwait(false) || !await IsActiveAsync(session, tenant, relation.Proxy).ConfigureAwait(false))
                {
                    return ProxyRules.AccountNotActive();
                }

                var others = await session.SingleAsync(
                    "SELECT count(*) FROM proxy_relations WHERE tenant=$tenant AND patient=$patient AND proxy=$proxy AND state<>$ended AND ends_at>$at",
                    static row => row.GetInt64(0),
                    ("$tenant", tenant),
                    ("$patient", relation.Patient),
                    ("$proxy", relation.Proxy),
                    ("$ended", ProxyState.Ended),
                    ("$at", relation.RegisteredAt)).ConfigureAwait(false);
                if (others > 0)
                {
                    return ProxyRules.Exists();
                }

                await session.ExecuteAsync(
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
                    ("$body", _vault.Seal(tenant, "proxy_relations.body", relation.Id, relation, RecordJson.Context.ProxyRelation))).ConfigureAwait(false);
                foreach (var line in ProxyRules.FirstLines(relation))
                {
                    await AddLineAsync(session, tenant, line).ConfigureAwait(false);
                }

                return Unit.Value;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<ProxyRelation?> FindProxyRelationAsync(TenantId tenant, string relationId, CancellationToken cancellationToken = default) =>
        ReadAsync(session => FindRelationAsync(session, tenant, relationId), cancellationToken);

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProxyRelation>> ListProxyRelationsAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                RelationColumns + "WHERE tenant=$tenant AND (patient=$account OR proxy=$account) ORDER BY registered_at DESC, rowid DESC",
                row => ReadRelation(tenant, row),
                ("$tenant", tenant),
                ("$account", accountId)),
            cancellationToken);

    /// <inheritdoc/>
    public ValueTask<MedIdResult<ProxyRelation>> ChangeProxyRelationAsync(ProxyChange change, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckChange(change);
        var tenant = change.Tenant;
        return WriteAsync<MedIdResult<ProxyRelation>>(
            tenant,
            async session =>
            {
                if (await HoldRelationAsync(session, tenant, change.RelationId).ConfigureAwait(false) is not { } relation)
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
                    if (!await IsActiveAsync(session, tenant, relation.Patient).ConfigureAwait(false) || !await IsActiveAsync(session, tenant, relation.Proxy).ConfigureAwait(false))
                    {
                        return ProxyRules.AccountNotActive();
                    }

                    var device = await FindDeviceAsync(session, tenant, Device.IdOf(use.Model, use.KeyId)).ConfigureAwait(false);
                    if (use.AccountId != relation.Patient || device is null || device.AccountId != use.AccountId
                        || !StoreRules.MayAdvance(device.SignCounter, use.ExpectedCounter, use.NextCounter))
                    {
                        return ProxyRules.CounterMoved();
                    }

                    if (DeviceStanding.Refuse(device, change.At) is { } refusal)
                    {
                        return refusal;
                    }

                    await StoreActAsync(session, device, use.NextCounter, use.BackedUp).ConfigureAwait(false);
                    await session.ExecuteAsync(
                        "UPDATE proxy_relations SET appointment=$appointment WHERE tenant=$tenant AND id=$id",
                        ("$appointment", _vault.Seal(tenant, "proxy_relations.appointment", relation.Id, change.Appointment!, RecordJson.Context.ProxyAppointment)),
                        ("$tenant", tenant),
                        ("$id", relation.Id)).ConfigureAwait(false);
                    relation = relation with { Appointment = change.Appointment };
                }

                return await ChangeAsync(session, relation, change.Event, decided.Value, change.Actor, change.At).ConfigureAwait(false);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsByProxyAsync(TenantId tenant, string proxy, CancellationToken cancellationToken = default) =>
        ReadAsync(
            session => session.ListAsync(
                """
                SELECT c.id, c.status, c.withdrawn_at, c.body FROM proxy_relations r JOIN consents c ON c.tenant=r.tenant AND c.relation_id=r.id
                WHERE r.tenant=$tenant AND r.proxy=$proxy ORDER BY c.given_at DESC, c.id
                """,
                row => ReadConsent(tenant, row),
                ("$tenant", tenant),
                ("$proxy", proxy)),
            cancellationToken);

    private async ValueTask<bool> MayConsentByProxyAsync(SqlSession session, Approval approval)
    {
        var (tenant, proxy) = (approval.Consent.Tenant, approval.Consent.Proxy!);
        return await IsActiveAsync(session, tenant, proxy.Subject).ConfigureAwait(false) && ProxyRules.Allows(await FindRelationAsync(session, tenant, proxy.RelationId).ConfigureAwait(false), approval);
    }

    /// <summary>Puts a relation into a state that was decided, with all that follows from it.</summary>
    private async ValueTask<ProxyRelation> ChangeAsync(SqlSession session, ProxyRelation relation, ProxyEvent happened, ProxyState to, LifeCycleActor actor, DateTimeOffset at)
    {
        var (tenant, id) = (relation.Tenant, relation.Id);
        await session.ExecuteAsync("UPDATE proxy_relations SET state=$state WHERE tenant=$tenant AND id=$id", ("$state", to), ("$tenant", tenant), ("$id", id)).ConfigureAwait(false);
        foreach (var line in ProxyRules.Lines(relation, happened, to, actor, at))
        {
            await AddLineAsync(session, tenant, line).ConfigureAwait(false);
        }

        if (to is ProxyState.Suspended or ProxyState.Ended)
        {
            await CancelProxyRequestsAsync(session, tenant, "relation_id", id).ConfigureAwait(false);
        }

        if (to == ProxyState.Ended)
        {
            var consents = await session.ListAsync(
                "UPDATE consents SET status=$withdrawn, withdrawn_at=$at WHERE tenant=$tenant AND relation_id=$relation AND status=$given RETURNING id, subject",
                static row => (Id: row.GetString(0), Subject: row.GetString(1)),
                ("$withdrawn", ConsentStatus.Withdrawn),
                ("$at", at),
                ("$tenant", tenant),
                ("$relation", id),
                ("$given", ConsentStatus.Given)).ConfigureAwait(false);
            foreach (var (consent, subject) in consents)
            {
                await session.ExecuteAsync("DELETE FROM refresh_tokens WHERE tenant=$tenant AND consent_id=$id", ("$tenant", tenant), ("$id", consent)).ConfigureAwait(false);
                await AddConsentEventAsync(session, tenant, consent, new(at, ProxyRules.ConsentEnded, null)).ConfigureAwait(false);
                session.Audit(tenant, AuditLines.Ended(consent, subject, ProxyRules.ConsentEnded, at));
                await SendAsync(session, MessageRules.OfEnded(tenant, consent, at)).ConfigureAwait(false);
            }
        }

        return relation with { State = to };
    }

    private async ValueTask EndRelationsOfAsync(SqlSession session, TenantId tenant, string accountId, LifeCycleActor actor, DateTimeOffset at)
    {
        var standing = await session.ListAsync(
            RelationColumns + "WHERE tenant=$tenant AND (patient=$account OR proxy=$account) AND state<>$ended ORDER BY registered_at, rowid",
            row => ReadRelation(tenant, row),
            ("$tenant", tenant),
            ("$account", accountId),
            ("$ended", ProxyState.Ended)).ConfigureAwait(false);
        foreach (var relation in standing)
        {
            await ChangeAsync(session, relation, ProxyEvent.End, ProxyState.Ended, actor, at).ConfigureAwait(false);
        }
    }

    private ValueTask EndRelationsInTimeAsync(DateTimeOffset at, CancellationToken cancellationToken) => SweepPeopleAsync(
        session => session.ListAsync(
            "SELECT tenant, id, patient, proxy FROM proxy_relations WHERE ends_at<=$at AND state<>3 ORDER BY ends_at LIMIT $batch",
            static row => (Tenant: new TenantId(row.GetString(0)), Id: row.GetString(1), Patient: row.GetString(2), Proxy: row.GetString(3)),
            ("$at", at),
            ("$batch", SweepBatch)),
        async (session, due) =>
        {
            await session.LockAsync(SqlLock.Person, due.SelectMany(ended => new[] { (ended.Tenant, ended.Patient), (ended.Tenant, ended.Proxy) })).ConfigureAwait(false);
            foreach (var (tenant, id, _, _) in due)
            {
                if (await FindRelationAsync(session, tenant, id).ConfigureAwait(false) is { State: not ProxyState.Ended } relation)
                {
                    await ChangeAsync(session, relation, ProxyRules.EndOf(relation), ProxyState.Ended, LifeCycleActor.Op, at).ConfigureAwait(false);
                }
            }
        },
        cancellationToken);

    /// <summary>Cancels what was approved under a relation, or by a device for somebody else, and was not fetched yet.</summary>
    private async ValueTask CancelProxyRequestsAsync(SqlSession session, TenantId tenant, string column, string value)
    {
        var consents = await session.ListAsync(
            $"SELECT id FROM consents WHERE tenant=$tenant AND {column}=$value AND relation_id IS NOT NULL",
            static row => row.GetString(0),
            ("$tenant", tenant),
            ("$value", value)).ConfigureAwait(false);
        foreach (var consent in consents)
        {
            await CancelRequestsAsync(session, tenant, "consent_id", consent).ConfigureAwait(false);
        }
    }

    /// <summary>Reads a relation once both of its persons are held; who they are never changes.</summary>
    private async ValueTask<ProxyRelation?> HoldRelationAsync(SqlSession session, TenantId tenant, string id)
    {
        var relation = await FindRelationAsync(session, tenant, id).ConfigureAwait(false);
        if (relation is null || session.WritesAlone)
        {
            return relation;
        }

        await session.LockAsync(SqlLock.Person, [(tenant, relation.Patient), (tenant, relation.Proxy)]).ConfigureAwait(false);
        return await FindRelationAsync(session, tenant, id).ConfigureAwait(false);
    }

    private ValueTask<ProxyRelation?> FindRelationAsync(SqlSession session, TenantId tenant, string id) =>
        session.SingleAsync(RelationColumns + "WHERE tenant=$tenant AND id=$id", row => ReadRelation(tenant, row), ("$tenant", tenant), ("$id", id));

    private ProxyRelation ReadRelation(TenantId tenant, DbDataReader row)
    {
        var id = row.GetString(0);
        return _vault.Open(tenant, "proxy_relations.body", id, row.Blob(2), RecordJson.Context.ProxyRelation) with
        {
            State = (ProxyState)row.GetInt32(1),
            Appointment = row.BlobOrNull(3) is { } appointment ? _vault.Open(tenant, "proxy_relations.appointment", id, appointment, RecordJson.Context.ProxyAppointment) : null,
        };
    }
}
