using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;

namespace MedId.Provider;

/// <content>The audit trail and the chained histories.</content>
internal sealed partial class TenantMemory(TenantId tenant)
{
    public List<byte[]> Trail { get; } = [];

    public AuditHead TrailHead { get; private set; } = AuditHead.Empty(tenant);

    public Dictionary<string, HistoryMemory> Histories { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HistoryState> HistoryStates { get; } = new(StringComparer.Ordinal);

    /// <summary>Appends a line to the audit trail: part of whatever verb calls it.</summary>
    public AuditEntry Audit(AuditLine line)
    {
        var entry = TrailHead.Append(line);
        var bytes = entry.ToBytes();
        Trail.Add(bytes);
        TrailHead = AuditHead.After(entry, bytes);
        return entry;
    }

    /// <summary>Adds a line to a life cycle, and its line to the audit trail.</summary>
    public void Live(LifeCycleEntry line)
    {
        Accounts[line.AccountId].LifeCycle.Add(line);
        Audit(AuditLines.Of(line));
    }

    /// <summary>Adds a line to a consent's history, and its entry to the person's chain where it is an event of the consent's life.</summary>
    public void Tell(ConsentMemory consent, ConsentEvent line, string? content = null)
    {
        var entry = HistoryRules.KindOf(line.Kind) is { } kind
            ? Link(consent.Record.Subject, consent.Record.AccessUntil, new(consent.Record.Id, kind, line.At, line.By, content))
            : null;
        consent.Events.Add(line with { Entry = entry });
    }

    /// <summary>The person is asked: from here on the consent to come has a place in the chain.</summary>
    public void Ask(CibaRequest request)
    {
        if (AuditedContext.Of(request.Context) is { ConsentId: { } consent } context)
        {
            Link(request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Asked, request.CreatedAt, request.ClientId, context.Notice is { } notice ? HistoryRules.DigestOf(notice) : null));
            Expire(consent, request.ExpiresAt);
        }
    }

    /// <summary>The person says no.</summary>
    public void Refuse(CibaRequest request, DateTimeOffset at)
    {
        if (AuditedContext.Of(request.Context).ConsentId is { } consent)
        {
            Link(request.Subject, request.ExpiresAt, new(consent, ConsentEventKind.Refused, at));
        }
    }

    /// <summary>Lets a consent's end come into the chain when it has come; the sweep calls it.</summary>
    public void Expire(string consentId, DateTimeOffset end) => At(end, at =>
    {
        if (HistoryStates.TryGetValue(consentId, out var state) && state.EndsAt <= at)
        {
            Link(state.Subject, state.EndsAt.Value, new(consentId, ConsentEventKind.Expired, at));
        }

        // No record goes, so a sweep does not count it.
        return false;
    });

    private long? Link(string subject, DateTimeOffset endsAt, HistoryEvent happened)
    {
        if (!Histories.TryGetValue(subject, out var history))
        {
            Histories.Add(subject, history = new());
        }

        var before = HistoryStates.GetValueOrDefault(happened.ConsentId);
        var (entries, state) = HistoryRules.Link(history.Head, before?.State ?? ConsentState.None, happened);
        foreach (var (entry, bytes, head) in entries)
        {
            history.Entries.Add(bytes);
            history.Head = head;
            history.Due = HistoryRules.IsChange(entry.Event.Kind) ? entry.Sequence : history.Due;
        }

        if (entries.Count == 0)
        {
            return null;
        }

        HistoryStates[happened.ConsentId] = HistoryState.After(subject, state, endsAt);
        return entries[^1].Entry.Sequence;
    }
}
