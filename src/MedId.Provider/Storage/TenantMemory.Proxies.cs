using MedId.Core;

namespace MedId.Provider;

/// <content>Relations.</content>
internal sealed partial class TenantMemory
{
    public Dictionary<string, ProxyMemory> Relations { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, List<string>> RelationsByAccount { get; } = new(StringComparer.Ordinal);

    /// <summary>The relations of an account, in the order of their registration.</summary>
    public IEnumerable<ProxyMemory> RelationsOf(string accountId) => (RelationsByAccount.GetValueOrDefault(accountId) ?? []).Select(id => Relations[id]);

    /// <summary>Whether an approval by a proxy is one that its relation allows.</summary>
    public bool MayConsentByProxy(Approval approval) =>
        approval.Consent.Proxy is { } proxy && IsActive(proxy.Subject) && ProxyRules.Allows(Relations.GetValueOrDefault(proxy.RelationId)?.Relation, approval);

    /// <summary>Whether the relation by which a consent was given stands; true without one.</summary>
    public bool RelationStands(ConsentRecord consent, DateTimeOffset at) =>
        consent.Proxy is not { } proxy
        || (Relations.TryGetValue(proxy.RelationId, out var known) && known.Relation.IsActive(at) && IsActive(known.Relation.Proxy));

    /// <summary>Puts a relation into a state that was decided, with all that follows from it.</summary>
    public ProxyRelation Change(ProxyMemory known, ProxyEvent happened, ProxyState to, LifeCycleActor actor, DateTimeOffset at)
    {
        var before = known.Relation;
        known.Relation = before with { State = to };
        foreach (var line in ProxyRules.Lines(before, happened, to, actor, at))
        {
            Live(line);
        }

        if (to is ProxyState.Suspended or ProxyState.Ended)
        {
            foreach (var consent in known.Consents.Select(id => Consents[id]).Where(consent => consent.Record.Status == ConsentStatus.Given))
            {
                CancelRequestOf(consent);
                if (to == ProxyState.Ended)
                {
                    EndByRelation(consent, at);
                }
            }
        }

        return known.Relation;
    }

    /// <summary>Ends every relation of an account that is closed.</summary>
    public void EndRelationsOf(string accountId, LifeCycleActor actor, DateTimeOffset at)
    {
        foreach (var known in RelationsOf(accountId).Where(known => known.Relation.State != ProxyState.Ended))
        {
            Change(known, ProxyEvent.End, ProxyState.Ended, actor, at);
        }
    }

    /// <summary>Cancels what a device approved for somebody else and was not fetched yet.</summary>
    public void CancelProxyRequests(string deviceId)
    {
        foreach (var consent in Consents.Values.Where(consent => consent.DeviceId == deviceId && consent.Record.Proxy is not null))
        {
            CancelRequestOf(consent);
        }
    }

    private void CancelRequestOf(ConsentMemory consent)
    {
        if (Requests.TryGetValue(consent.RequestId, out var request))
        {
            if (request.Cancel() is { } cancelled)
            {
                Decide(cancelled);
            }
        }
    }

    private void EndByRelation(ConsentMemory consent, DateTimeOffset at)
    {
        consent.Record = consent.Record with { Status = ConsentStatus.Withdrawn, WithdrawnAt = at };
        Tell(consent, new(at, ProxyRules.ConsentEnded, null));
        Audit(AuditLines.Ended(consent.Record.Id, consent.Record.Subject, ProxyRules.ConsentEnded, at));
        Send(MessageRules.OfEnded(consent.Record.Tenant, consent.Record.Id, at));
        foreach (var family in consent.Families)
        {
            EndFamily(family);
        }
    }

    internal sealed class ProxyMemory(ProxyRelation relation)
    {
        public ProxyRelation Relation { get; set; } = relation;

        public List<string> Consents { get; } = [];
    }
}
