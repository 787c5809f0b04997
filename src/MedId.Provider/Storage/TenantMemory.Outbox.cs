using MedId.Ciba.Server;

namespace MedId.Provider;

/// <content>The outbox, uses, settings, and what to wake.</content>
internal sealed partial class TenantMemory
{
    private readonly Dictionary<string, OutboxMessage> _outbox = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<(DateTimeOffset DueAt, string Id)>> _due = new(StringComparer.Ordinal);

    public Dictionary<string, Queue<DateTimeOffset>> Uses { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SortedDictionary<string, Setting>> Settings { get; } = new(StringComparer.Ordinal);

    /// <summary>The topics of the verb that runs; raised when it is over.</summary>
    public List<string> Raised { get; } = [];

    /// <summary>Puts a decided or cancelled request in the place of what it was.</summary>
    public void Decide(CibaRequest request)
    {
        Requests[request.Id] = request;
        InMemoryProviderStore.RemoveFrom(PendingBySubject, request.Subject, request.Id);
        Raised.Add(ChangeTopics.Request(tenant, request.Id));
        Send(MessageRules.OfDecided(request));
    }

    /// <summary>Stores a message; null stores nothing.</summary>
    /// <returns>Whether it was not there.</returns>
    public bool Send(OutboxMessage? message)
    {
        if (message is null || !_outbox.TryAdd(message.Id, message))
        {
            return false;
        }

        Index(message);
        At(message.ExpiresAt, _ => _outbox.TryGetValue(message.Id, out var kept) && kept.ExpiresAt == message.ExpiresAt && Drop(kept));
        Raised.Add(ChangeTopics.Outbox(tenant));
        return true;
    }

    public IReadOnlyList<OutboxMessage> Lease(IReadOnlyCollection<string> kinds, DateTimeOffset at, TimeSpan lease, int limit)
    {
        List<OutboxMessage> due =
        [
            .. kinds.Distinct(StringComparer.Ordinal)
                .SelectMany(kind => (_due.GetValueOrDefault(kind) ?? []).TakeWhile(entry => entry.DueAt <= at).Select(entry => _outbox[entry.Id]).Where(message => at < message.ExpiresAt).Take(limit))
                .OrderBy(message => message.DueAt).ThenBy(message => message.Id, StringComparer.Ordinal)
                .Take(limit),
        ];
        return [.. due.Select(message => Hold(message, at + lease))];
    }

    /// <summary>Since when the oldest message that is due has been due.</summary>
    public DateTimeOffset? OldestDue(DateTimeOffset at) => _due.Values
        .SelectMany(due => due.TakeWhile(entry => entry.DueAt <= at).Where(entry => at < _outbox[entry.Id].ExpiresAt).Take(1))
        .Select(static entry => (DateTimeOffset?)entry.DueAt)
        .Min();

    public OutboxMessage? Message(string id) => _outbox.GetValueOrDefault(id);

    public OutboxMessage? Take(string id, DateTimeOffset at, TimeSpan lease) =>
        _outbox.TryGetValue(id, out var message) && MessageRules.MayTake(message, at) ? Hold(message, at + lease) : null;

    public OutboxMessage? Leased(string id, string lease) => _outbox.TryGetValue(id, out var message) && message.Lease == lease ? message : null;

    public OutboxMessage Replace(OutboxMessage before, OutboxMessage after)
    {
        Unindex(before);
        _outbox[after.Id] = after;
        Index(after);
        return after;
    }

    public bool Drop(OutboxMessage message)
    {
        Unindex(message);
        return _outbox.Remove(message.Id);
    }

    public IReadOnlyList<OutboxMessage> DropExpired(DateTimeOffset at, int limit)
    {
        List<OutboxMessage> expired = [.. _outbox.Values.Where(message => MessageRules.MayDropExpired(message, at)).Take(limit)];
        expired.ForEach(message => Drop(message));
        return expired;
    }

    private OutboxMessage Hold(OutboxMessage message, DateTimeOffset until) => Replace(message, MessageRules.Hold(message, until));

    private void Index(OutboxMessage message)
    {
        if (!_due.TryGetValue(message.Kind, out var due))
        {
            _due.Add(message.Kind, due = new(DueOrder.Instance));
        }

        due.Add((message.DueAt, message.Id));
    }

    private void Unindex(OutboxMessage message) => _due[message.Kind].Remove((message.DueAt, message.Id));

    private sealed class DueOrder : IComparer<(DateTimeOffset DueAt, string Id)>
    {
        public static readonly DueOrder Instance = new();

        public int Compare((DateTimeOffset DueAt, string Id) x, (DateTimeOffset DueAt, string Id) y) =>
            x.DueAt.CompareTo(y.DueAt) is not 0 and var order ? order : string.CompareOrdinal(x.Id, y.Id);
    }
}
