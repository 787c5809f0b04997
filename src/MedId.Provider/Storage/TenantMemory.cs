using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>What one tenant has in an <see cref="InMemoryProviderStore"/>; touched only under <see cref="Gate"/>.</summary>
internal sealed partial class TenantMemory
{
    private readonly PriorityQueue<Func<DateTimeOffset, bool>, long> _ends = new();

    public Lock Gate { get; } = new();

    public Dictionary<string, AccountMemory> Accounts { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> AccountsByHint { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (EnrolmentTicket Ticket, bool Used)> Tickets { get; } = new(StringComparer.Ordinal);

    public Dictionary<(string Model, string KeyId), Device> Devices { get; } = [];

    public Dictionary<string, (string Model, string KeyId)> DevicesById { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (string Model, string KeyId)> DevicesByHandle { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, Ceremony> Ceremonies { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, DeviceToken> DeviceTokens { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, CibaRequest> Requests { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, string> RequestsByDigest { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> RequestsBySubject { get; } = new(StringComparer.Ordinal);

    /// <summary>Those of <see cref="RequestsBySubject"/> that nobody has decided, so that a new one does not look through all that were.</summary>
    public Dictionary<string, HashSet<string>> PendingBySubject { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ConsentMemory> Consents { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, (RefreshTokenRecord Record, bool Rotated)> RefreshTokens { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, HashSet<string>> RefreshFamilies { get; } = new(StringComparer.Ordinal);

    public HashSet<(string Issuer, string Id)> Replay { get; } = [];

    public Dictionary<string, DateTimeOffset> RevokedTokens { get; } = new(StringComparer.Ordinal);

    /// <summary>Removes something when its time has come; <paramref name="remove"/> says whether a record went.</summary>
    public void At(DateTimeOffset end, Func<DateTimeOffset, bool> remove) => _ends.Enqueue(remove, end.UtcTicks);

    /// <summary>Sweeps at most a batch.</summary>
    /// <returns>Whether more is due.</returns>
    public bool Sweep(DateTimeOffset at, int batch, ref int swept)
    {
        for (; batch > 0; batch--)
        {
            if (!_ends.TryPeek(out var remove, out var end) || end > at.UtcTicks)
            {
                return false;
            }

            _ends.Dequeue();
            swept += remove(at) ? 1 : 0;
        }

        return true;
    }

    /// <summary>Whether the account is there and active.</summary>
    public bool IsActive(string accountId) => Accounts.TryGetValue(accountId, out var account) && account.Account.Status == AccountStatus.Active;

    /// <summary>The devices of an account, in the order of their enrolment.</summary>
    public IEnumerable<Device> DevicesOf(string accountId) => Accounts.TryGetValue(accountId, out var account) ? account.Devices.Select(key => Devices[key]) : [];

    /// <summary>The device by which a consent or a token was given.</summary>
    public Device? DeviceOf(string? deviceId) => deviceId is not null && DevicesById.TryGetValue(deviceId, out var key) ? Devices[key] : null;

    /// <summary>Puts a device into a state that was decided, with all that follows from it.</summary>
    public Device Change(Device device, DeviceState to, DeviceEvent happened, LifeCycleActor actor, DateTimeOffset at)
    {
        var changed = device with { State = to };
        Devices[(device.Model, device.KeyId)] = changed;
        Live(StoreRules.Line(device, happened, to, actor, at));
        if (!DeviceTransitions.ConsentsStand(to))
        {
            CancelRequests(device.AccountId);
            CancelProxyRequests(device.Id);
            foreach (var consent in Consents.Values.Where(consent => consent.DeviceId == device.Id && consent.Record.IsActive(at)))
            {
                // The consent may stand again when the device is found; until then it opens nothing, and its parties are told so.
                Send(MessageRules.OfEnded(consent.Record.Tenant, consent.Record.Id, at));
            }
        }

        return changed;
    }

    public void CancelRequests(string accountId)
    {
        foreach (var id in RequestsBySubject.GetValueOrDefault(accountId) ?? [])
        {
            if (Requests[id].Cancel() is { } cancelled)
            {
                Decide(cancelled);
            }
        }
    }

    /// <summary>Ends a family of refresh tokens.</summary>
    public bool EndFamily(string family)
    {
        if (!RefreshFamilies.Remove(family, out var digests))
        {
            return false;
        }

        foreach (var digest in digests)
        {
            RefreshTokens.Remove(digest);
        }

        return true;
    }

    internal sealed class AccountMemory(Account account)
    {
        public Account Account { get; set; } = account;

        public int WrongCodes { get; set; }

        public DateTimeOffset LastWrongAt { get; set; }

        public List<(string Model, string KeyId)> Devices { get; } = [];

        public List<string> Consents { get; } = [];

        public List<LifeCycleEntry> LifeCycle { get; } = [];
    }

    internal sealed class ConsentMemory(ConsentRecord record, string requestId, string? deviceId)
    {
        public ConsentRecord Record { get; set; } = record;

        public string RequestId { get; } = requestId;

        /// <summary>The device that acted; null where none did.</summary>
        public string? DeviceId { get; } = deviceId;

        public List<ConsentEvent> Events { get; } = [];

        public HashSet<string> Families { get; } = new(StringComparer.Ordinal);
    }
}
