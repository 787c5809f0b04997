using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<MedIdResult<Unit>> AddProxyRelationAsync(ProxyRelation relation, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckNew(relation);
        return new(Run<MedIdResult<Unit>>(relation.Tenant, memory =>
        {
            if (!memory.IsActive(relation.Patient) || !memory.IsActive(relation.Proxy))
            {
                return ProxyRules.AccountNotActive();
            }

            if (memory.RelationsOf(relation.Patient).Any(known => known.Relation.Patient == relation.Patient && known.Relation.Proxy == relation.Proxy
                && known.Relation.StateAt(relation.RegisteredAt) != ProxyState.Ended))
            {
                return ProxyRules.Exists();
            }

            if (!memory.Relations.TryAdd(relation.Id, new(relation)))
            {
                throw new ArgumentException("The relation's id is taken.", nameof(relation));
            }

            foreach (var line in ProxyRules.FirstLines(relation))
            {
                if (!memory.RelationsByAccount.TryGetValue(line.AccountId, out var relations))
                {
                    memory.RelationsByAccount.Add(line.AccountId, relations = []);
                }

                relations.Add(relation.Id);
                memory.Live(line);
            }

            memory.At(relation.EndsAt, at => EndInTime(memory, relation.Id, at));
            return Unit.Value;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<ProxyRelation?> FindProxyRelationAsync(TenantId tenant, string relationId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Relations.GetValueOrDefault(relationId)?.Relation));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ProxyRelation>> ListProxyRelationsAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<ProxyRelation>>(tenant, memory =>
            [.. memory.RelationsOf(accountId).Select(known => known.Relation).Reverse().OrderByDescending(relation => relation.RegisteredAt)]));

    /// <inheritdoc/>
    public ValueTask<MedIdResult<ProxyRelation>> ChangeProxyRelationAsync(ProxyChange change, CancellationToken cancellationToken = default)
    {
        ProxyRules.CheckChange(change);
        return new(Run<MedIdResult<ProxyRelation>>(change.Tenant, memory =>
        {
            if (!memory.Relations.TryGetValue(change.RelationId, out var known))
            {
                return ProxyRules.UnknownRelation();
            }

            var decided = ProxyRules.Decide(known.Relation, change.Event, change.At);
            if (!decided.Succeeded)
            {
                return decided.Error;
            }

            if (change.Device is { } use)
            {
                if (!memory.IsActive(known.Relation.Patient) || !memory.IsActive(known.Relation.Proxy))
                {
                    return ProxyRules.AccountNotActive();
                }

                if (use.AccountId != known.Relation.Patient || !memory.Devices.TryGetValue((use.Model, use.KeyId), out var device) || device.AccountId != use.AccountId
                    || !StoreRules.MayAdvance(device.SignCounter, use.ExpectedCounter, use.NextCounter))
                {
                    return ProxyRules.CounterMoved();
                }

                if (DeviceStanding.Refuse(device, change.At) is { } refusal)
                {
                    return refusal;
                }

                memory.Devices[(device.Model, device.KeyId)] = device with { SignCounter = use.NextCounter, BackedUp = use.BackedUp ?? device.BackedUp };
                known.Relation = known.Relation with { Appointment = change.Appointment };
            }

            return memory.Change(known, change.Event, decided.Value, change.Actor, change.At);
        }));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsByProxyAsync(TenantId tenant, string proxy, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<ConsentRecord>>(tenant, memory =>
        [
            .. memory.RelationsOf(proxy).Where(known => known.Relation.Proxy == proxy).SelectMany(known => known.Consents)
                .Select(id => memory.Consents[id].Record).OrderByDescending(record => record.GivenAt).ThenBy(record => record.Id, StringComparer.Ordinal),
        ]));

    // No record goes, so a sweep does not count it.
    private static bool EndInTime(TenantMemory memory, string relationId, DateTimeOffset at)
    {
        if (memory.Relations.GetValueOrDefault(relationId) is { } known && known.Relation.State != ProxyState.Ended)
        {
            memory.Change(known, ProxyRules.EndOf(known.Relation), ProxyState.Ended, LifeCycleActor.Op, at);
        }

        return false;
    }
}
