using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <summary>A person's own care for their devices, after a sign-in with one of them: list, name, suspend, report lost, revoke, and the history (rows A9, C5, C7).</summary>
public sealed class DeviceLifeCycle
{
    /// <summary>The longest name of a device, in characters.</summary>
    public const int LongestName = 64;

    private const string Section = "MedId walk, life cycle of devices";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly UafRequestFactory _uaf;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    public DeviceLifeCycle(IProviderStore store, ProviderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options, _time) = (store, options, time);
        _access = new(store, options, time);
        _uaf = new(options.EffectiveAppId);
    }

    /// <summary>The devices of the person, newest first, however they stand.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The devices.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<Device>>> ListAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        return account.Succeeded ? (await _store.ListDevicesAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false)).ToList() : account.Error;
    }

    /// <summary>The device whose act gave a token.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Its id; null when the token is refused.</returns>
    public async ValueTask<string?> ActingDeviceAsync(string? deviceToken, CancellationToken cancellationToken = default) =>
        (await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false)).Value?.DeviceId;

    /// <summary>What happened to the person's devices and account, oldest first.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<LifeCycleEntry>>> HistoryAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        return account.Succeeded ? (await _store.ListLifeCycleAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false)).ToList() : account.Error;
    }

    /// <summary>Gives a device a name.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="name">1 to <see cref="LongestName"/> characters without control or formatting characters.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success; refused when the name is not one, or the person has no such device.</returns>
    public async ValueTask<MedIdResult<Unit>> RenameAsync(string? deviceToken, string deviceId, string name, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var token = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return token.Error;
        }

        if (!DeviceName.IsOne(name))
        {
            return new MedIdError(ProviderErrorCodes.DeviceNameRefused, ErrorCategory.Malformed, Section, "1 to 64 characters that can be shown");
        }

        return await _store.RenameDeviceAsync(
            _options.Tenant, token.Value.AccountId, deviceId, name, LifeCycleActor.Person(token.Value.DeviceId), _time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            ? Unit.Value
            : new MedIdError(ProviderErrorCodes.DeviceUnknown, ErrorCategory.State, Section);
    }

    /// <summary>Suspends a device, reports one lost or found, or resumes one. Tokens given by acts of a suspended or lost device are inactive at once.</summary>
    /// <param name="deviceToken">The token from the sign-in act; of the device itself or of another one of the person.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="happened"><see cref="DeviceEvent.Suspend"/>, <see cref="DeviceEvent.ReportLost"/>, <see cref="DeviceEvent.Found"/> or <see cref="DeviceEvent.Resume"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device as it is now; refused with the code of its state.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another event.</exception>
    public async ValueTask<MedIdResult<Device>> ChangeAsync(string? deviceToken, string deviceId, DeviceEvent happened, CancellationToken cancellationToken = default)
    {
        if (happened is not (DeviceEvent.Suspend or DeviceEvent.ReportLost or DeviceEvent.Found or DeviceEvent.Resume))
        {
            throw new ArgumentOutOfRangeException(nameof(happened));
        }

        var token = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        return token.Succeeded
            ? await _store.ChangeDeviceAsync(ChangeBy(token.Value, deviceId, happened), cancellationToken).ConfigureAwait(false)
            : token.Error;
    }

    /// <summary>Unbinds a device for good. The last one that may act goes only by an explicit choice, or with a ticket for another one in the same step.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="last">What the person chose for the case that it is the last one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What the device is to be told, and the ticket where one was asked for.</returns>
    public async ValueTask<MedIdResult<RevokedDevice>> RevokeAsync(
        string? deviceToken, string deviceId, LastDeviceChoice last = LastDeviceChoice.Keep, CancellationToken cancellationToken = default)
    {
        var token = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return token.Error;
        }

        var (secret, ticket) = last == LastDeviceChoice.IssueTicket ? await TicketAsync(token.Value, cancellationToken).ConfigureAwait(false) : default;
        var revoked = await _store.ChangeDeviceAsync(
            ChangeBy(token.Value, deviceId, DeviceEvent.Revoke) with { LeavesNone = last == LastDeviceChoice.LeaveNone, Ticket = ticket }, cancellationToken).ConfigureAwait(false);
        return revoked.Then<RevokedDevice>(device => new RevokedDevice(device, Deregistration(device), secret));
    }

    /// <summary>The UAF request by which a phone deletes the key of a device that is unbound (UAF 1.1 protocol §3.6); it has no answer and proves nothing.</summary>
    /// <param name="device">The device.</param>
    /// <returns>The JSON array; null for a device that is not UAF's.</returns>
    public string? Deregistration(Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return device.Protocol == DeviceRegistration.Protocol
            ? _uaf.CreateDeregistration(new DeregisterAuthenticator(Aaid.Parse(device.Model), UafKeyId.Parse(device.KeyId))).Json
            : null;
    }

    private DeviceChange ChangeBy(DeviceToken token, string deviceId, DeviceEvent happened) => new()
    {
        Tenant = _options.Tenant,
        AccountId = token.AccountId,
        DeviceId = deviceId,
        Event = happened,
        Actor = LifeCycleActor.Person(token.DeviceId),
        At = _time.GetUtcNow(),
    };

    /// <summary>A device hands on the level at which it was bound itself: never more, and enough to take its own place.</summary>
    private async ValueTask<(string Secret, EnrolmentTicket Ticket)> TicketAsync(DeviceToken token, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var acting = token.DeviceId is { } id ? await _store.FindDeviceAsync(_options.Tenant, id, cancellationToken).ConfigureAwait(false) : null;
        var proofing = new ProofingRecord { Method = ProofingRecord.EnrolledDevice, Level = acting?.RecoveryLevel ?? ProofingLevel.Unstated, At = now };
        return EnrolmentDesk.Make(_options, token.AccountId, proofing, replaces: null, now);
    }
}
