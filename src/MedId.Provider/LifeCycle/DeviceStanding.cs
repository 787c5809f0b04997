using MedId.Core;

namespace MedId.Provider;

/// <summary>Whether a device may act, asked at the beginning of every act and once more in the atomic step that the act ends with.</summary>
internal sealed class DeviceStanding(IProviderStore store, ProviderOptions options)
{
    private const string Section = "MedId walk, life cycle of devices";

    /// <summary>Why a device may not act now; null when it may.</summary>
    public static MedIdError? Refuse(Device device, DateTimeOffset at) => device.StateAt(at) is var state and not DeviceState.Active
        ? new MedIdError(DeviceTransitions.CodeOf(state), ErrorCategory.State, Section, "the device may not act")
        : null;

    public async ValueTask<MedIdError?> RefuseAsync(string deviceId, DateTimeOffset at, CancellationToken cancellationToken) =>
        await store.FindDeviceAsync(options.Tenant, deviceId, cancellationToken).ConfigureAwait(false) is { } device
            ? Refuse(device, at) ?? await RefuseModelAsync(device.Model, cancellationToken).ConfigureAwait(false)
            : new MedIdError(ProviderErrorCodes.DeviceUnknown, ErrorCategory.State, Section);

    /// <summary>Why no authenticator of a model enrols or acts now; null when it may.</summary>
    public async ValueTask<MedIdError?> RefuseModelAsync(string model, CancellationToken cancellationToken) =>
        options.StopGuard is { } guard ? await guard.RefuseModelAsync(model, cancellationToken).ConfigureAwait(false) : null;

    /// <summary>Why no device of those who were asked may act: with the state of the newest of the first where there is one.</summary>
    public async ValueTask<MedIdError?> RefuseAllAsync(IReadOnlyList<string> accounts, DateTimeOffset at, CancellationToken cancellationToken)
    {
        MedIdError? first = null;
        foreach (var account in accounts)
        {
            var devices = await store.ListDevicesAsync(options.Tenant, account, cancellationToken).ConfigureAwait(false);
            if (devices.Count == 0 || devices.Any(device => device.MayActAt(at)))
            {
                return null;
            }

            first ??= Refuse(devices[0], at);
        }

        return first;
    }

    public async ValueTask SuspectCloneAsync(string accountId, string deviceId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (options.SuspendsSuspectedClones)
        {
            // Suspended or unbound already is as good.
            await store.ChangeDeviceAsync(
                new() { Tenant = options.Tenant, AccountId = accountId, DeviceId = deviceId, Event = DeviceEvent.SuspectClone, Actor = LifeCycleActor.Op, At = at },
                cancellationToken).ConfigureAwait(false);
        }
    }
}
