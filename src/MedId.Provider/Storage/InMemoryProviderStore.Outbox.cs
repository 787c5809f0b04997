using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    private readonly InProcessSignals _signals = new();

    /// <inheritdoc/>
    public IChangeSignals Signals => _signals;

    /// <inheritdoc/>
    public ValueTask<bool> AddMessageAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new(Run(message.Tenant, memory => memory.Send(message)));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> LeaseMessagesAsync(
        TenantId tenant, IReadOnlyCollection<string> kinds, DateTimeOffset at, TimeSpan lease, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Run(tenant, memory => memory.Lease(kinds, at, lease, limit)));
    }

    /// <inheritdoc/>
    public ValueTask<OutboxMessage?> TakeMessageAsync(TenantId tenant, string id, DateTimeOffset at, TimeSpan lease, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Take(id, at, lease)));

    /// <inheritdoc/>
    public ValueTask<bool> DropMessageAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Message(id) is { } message && memory.Drop(message)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<OutboxMessage>> DropExpiredMessagesAsync(TenantId tenant, DateTimeOffset at, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Run(tenant, memory => memory.DropExpired(at, limit)));
    }

    /// <inheritdoc/>
    public ValueTask<bool> CompleteMessageAsync(TenantId tenant, string id, string lease, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Leased(id, lease) is { } message && memory.Drop(message)));

    /// <inheritdoc/>
    public ValueTask<bool> PostponeMessageAsync(TenantId tenant, string id, string lease, DateTimeOffset dueAt, string? body, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Leased(id, lease) is { } message && memory.Replace(message, message with { DueAt = dueAt, Body = body, Lease = null }) is not null));

    /// <inheritdoc/>
    public ValueTask<int> CountUseAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Run(tenant, memory =>
        {
            var uses = memory.Uses.GetValueOrDefault(bucket) ?? [];
            var counted = uses.Count(use => at - window < use);
            if (counted >= limit)
            {
                return limit + 1;
            }

            uses.Enqueue(at);
            memory.Uses[bucket] = uses;
            memory.At(at + window, _ =>
            {
                if (uses.Count > 0)
                {
                    uses.Dequeue();
                }

                if (uses.Count == 0)
                {
                    memory.Uses.Remove(bucket);
                }

                // A use is no record of its own.
                return false;
            });
            return counted + 1;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<int> FindUsesAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bucket);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return new(Run(tenant, memory => Math.Min(limit, memory.Uses.GetValueOrDefault(bucket)?.Count(use => at - window < use) ?? 0)));
    }

    /// <inheritdoc/>
    public ValueTask<bool> TryPutSettingAsync(Setting setting, AuditLine? line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new(Run(setting.Tenant, memory =>
        {
            var kind = memory.Settings.GetValueOrDefault(setting.Kind) ?? new(StringComparer.Ordinal);
            if (setting.Version != (kind.GetValueOrDefault(setting.Id)?.Version ?? 0) + 1)
            {
                return false;
            }

            kind[setting.Id] = setting;
            memory.Settings[setting.Kind] = kind;
            if (line is not null)
            {
                memory.Audit(line);
            }

            memory.Raised.Add(ChangeTopics.Settings(setting.Tenant));
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<Setting?> FindSettingAsync(TenantId tenant, string kind, string id, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Settings.GetValueOrDefault(kind)?.GetValueOrDefault(id)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Setting>> ListSettingsAsync(TenantId tenant, string kind, string? after, int limit, CancellationToken cancellationToken = default)
    {
        StoreRules.CheckPage(1, limit);
        return new(Run<IReadOnlyList<Setting>>(tenant, memory =>
        [
            .. (memory.Settings.GetValueOrDefault(kind)?.Values ?? Enumerable.Empty<Setting>()).Where(setting => after is null || string.CompareOrdinal(setting.Id, after) > 0).Take(limit),
        ]));
    }
}
