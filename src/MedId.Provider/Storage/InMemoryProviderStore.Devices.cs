using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Device>> ListDevicesAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<Device>>(tenant, memory =>
            memory.Accounts.TryGetValue(accountId, out var account)
                ? [.. account.Devices.Select(key => memory.Devices[key]).Reverse().OrderByDescending(device => device.EnrolledAt)]
                : []));

    /// <inheritdoc/>
    public ValueTask<Device?> FindDeviceAsync(TenantId tenant, string deviceId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.DeviceOf(deviceId)));

    /// <inheritdoc/>
    public ValueTask<Device?> FindDeviceByHandleAsync(TenantId tenant, string handleDigest, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.DevicesByHandle.TryGetValue(handleDigest, out var key) ? memory.Devices[key] : null));

    /// <inheritdoc/>
    public ValueTask<bool> TryAdvanceCounterAsync(CounterAdvance advance, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(advance);
        var key = (advance.Model, advance.KeyId);
        return new(Run(advance.Tenant, memory =>
        {
            if (!memory.Devices.TryGetValue(key, out var device) || !device.MayActAt(advance.At)
                || !StoreRules.MayAdvance(device.SignCounter, advance.Expected, advance.Next))
            {
                return false;
            }

            memory.Devices[key] = device with { SignCounter = advance.Next, BackedUp = advance.BackedUp ?? device.BackedUp };
            return true;
        }));
    }

    /// <inheritdoc/>
    public ValueTask AddCeremonyAsync(Ceremony ceremony, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ceremony);
        Run(ceremony.Tenant, memory =>
        {
            memory.Ceremonies.Add(ceremony.Id, ceremony);
            memory.At(ceremony.ExpiresAt, _ => memory.Ceremonies.Remove(ceremony.Id));
            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Ceremony?> TryTakeCeremonyAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Ceremonies.Remove(id, out var ceremony) && at < ceremony.ExpiresAt ? ceremony : null));

    /// <inheritdoc/>
    public ValueTask AddDeviceTokenAsync(DeviceToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        Run(token.Tenant, memory =>
        {
            memory.DeviceTokens.Add(token.Digest, token);
            memory.At(token.ExpiresAt, _ => memory.DeviceTokens.Remove(token.Digest));
            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<DeviceToken?> FindDeviceTokenAsync(TenantId tenant, string digest, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.DeviceTokens.TryGetValue(digest, out var token) && at < token.ExpiresAt
            && (token.DeviceId is null || memory.DeviceOf(token.DeviceId)?.MayActAt(at) == true)
            ? token
            : null));
}
