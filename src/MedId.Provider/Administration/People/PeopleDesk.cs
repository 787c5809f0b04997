using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What operators do about people: find how they stand, stop and resume accounts and devices, end consents on a written order, cancel requests. Never anything of what was read.</summary>
public sealed class PeopleDesk
{
    /// <summary>The reasons for which a consent is withdrawn in the person's place.</summary>
    public static IReadOnlyList<string> WithdrawalReasons { get; } = ["written-order", "order-of-representative", "deceased", "court-order"];

    private const string Section = "MedId walk, administration: people";

    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly AccountDigests _digests;
    private readonly LifeCycleDesk _lives;
    private readonly WithdrawalReach _reach;
    private readonly TimeProvider _time;

    /// <summary>Makes the desk.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="digests">Digests hints.</param>
    /// <param name="lives">The life cycle of accounts and devices.</param>
    /// <param name="reach">Tells everybody of a withdrawal.</param>
    /// <param name="time">The clock.</param>
    public PeopleDesk(IProviderStore store, ProviderOptions options, AccountDigests digests, LifeCycleDesk lives, WithdrawalReach reach, TimeProvider time)
    {
        _store = store;
        _options = options;
        _digests = digests;
        _lives = lives;
        _reach = reach;
        _time = time;
    }

    /// <summary>Finds a person by the account's id.</summary>
    /// <param name="accountId">The id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<Account>> FindAsync(string accountId, CancellationToken cancellationToken = default) =>
        await _store.FindAccountAsync(_options.Tenant, accountId, cancellationToken).ConfigureAwait(false) is { } account ? account : Unknown();

    /// <summary>Finds a person by what they typed, or by its digest.</summary>
    /// <param name="hint">What they typed; null where the digest is given. It is digested here and goes nowhere.</param>
    /// <param name="hintDigest">The digest; null where the hint is given.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<Account>> FindByHintAsync(string? hint, string? hintDigest, CancellationToken cancellationToken = default)
    {
        var digest = hint is null ? hintDigest : _digests.OfHint(_options.Tenant, hint);
        return digest is not null && await _store.FindAccountByHintAsync(_options.Tenant, digest, cancellationToken).ConfigureAwait(false) is { } account ? account : Unknown();
    }

    /// <summary>Suspends or resumes a person. Done before: nothing is written.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="suspended">Which.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account as it is now; refused with the table's code.</returns>
    public async ValueTask<MedIdResult<Account>> SuspendAsync(string accountId, bool suspended, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var found = await FindAsync(accountId, cancellationToken).ConfigureAwait(false);
        return !found.Succeeded || found.Value.Status == (suspended ? AccountStatus.Suspended : AccountStatus.Active)
            ? found
            : await _lives.ChangeAccountAsync(accountId, suspended ? AccountEvent.Suspend : AccountEvent.Reactivate, actor.LifeCycle, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The devices of a person, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<IReadOnlyList<Device>>> ListDevicesAsync(string accountId, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(accountId, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        return (await _store.ListDevicesAsync(_options.Tenant, accountId, cancellationToken).ConfigureAwait(false)).ToList();
    }

    /// <summary>Makes something happen to a device. What it is already is a success, and nothing is written.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="happened">What happened.</param>
    /// <param name="leavesNone">For a revocation: whether it is meant that no device may be left.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device as it is now; refused with the table's code.</returns>
    public async ValueTask<MedIdResult<Device>> ChangeDeviceAsync(
        string accountId, string deviceId, DeviceEvent happened, bool leavesNone, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        DeviceState? already = happened switch
        {
            DeviceEvent.Suspend => DeviceState.Suspended,
            DeviceEvent.Resume => DeviceState.Active,
            DeviceEvent.ReportLost => DeviceState.Lost,
            DeviceEvent.Revoke => DeviceState.Revoked,
            _ => null,
        };
        var device = await _store.FindDeviceAsync(_options.Tenant, deviceId, cancellationToken).ConfigureAwait(false);
        return device is not null && device.AccountId == accountId && device.StateAt(_time.GetUtcNow()) == already
            ? device
            : await _lives.ChangeDeviceAsync(accountId, deviceId, happened, actor.LifeCycle, leavesNone, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The consents of a person, newest first.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<MedIdResult<IReadOnlyList<ConsentRecord>>> ListConsentsAsync(string accountId, CancellationToken cancellationToken = default)
    {
        var found = await FindAsync(accountId, cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        return (await _store.ListConsentsAsync(_options.Tenant, accountId, cancellationToken).ConfigureAwait(false)).ToList();
    }

    /// <summary>Withdraws a consent in the person's place, and tells everybody as if they had done it.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="reason">One of <see cref="WithdrawalReasons"/>.</param>
    /// <param name="orderDigest">base64url SHA-256 of the written order, which stands in the audit trail.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was withdrawn before.</returns>
    public async ValueTask<MedIdResult<Unit>> WithdrawAsync(string accountId, string consentId, string reason, string orderDigest, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (!WithdrawalReasons.Contains(reason, StringComparer.Ordinal))
        {
            return new MedIdError(ProviderErrorCodes.AdministrationMalformed, ErrorCategory.Malformed, Section, "reason");
        }

        var line = new AuditLine
        {
            Event = AuditEventKind.ConsentWithdrawn,
            At = _time.GetUtcNow(),
            Agents = actor.Agents,
            Subject = accountId,
            ConsentId = consentId,
            ObjectId = orderDigest,
            Reason = reason,
        };
        var outcome = await _store.WithdrawConsentByOrderAsync(_options.Tenant, consentId, accountId, actor.ClientId, line, cancellationToken).ConfigureAwait(false);
        if (outcome == WithdrawalOutcome.Unknown)
        {
            return new MedIdError(ProviderErrorCodes.ConsentUnknown, ErrorCategory.State, Section);
        }

        if (outcome == WithdrawalOutcome.Withdrawn && await _store.FindConsentAsync(_options.Tenant, consentId, cancellationToken).ConfigureAwait(false) is { } withdrawn)
        {
            await _reach.TellAsync([withdrawn], actingDeviceId: null, cancellationToken).ConfigureAwait(false);
        }

        return Unit.Value;
    }

    /// <summary>The requests that wait for somebody.</summary>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public ValueTask<IReadOnlyList<CibaRequest>> ListRequestsAsync(string? after, int limit, CancellationToken cancellationToken = default) =>
        _store.ListWaitingRequestsAsync(_options.Tenant, _time.GetUtcNow(), after, limit, cancellationToken);

    /// <summary>Cancels a request that waits; the client hears that it was refused.</summary>
    /// <param name="requestId">The request, by its opaque id.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was refused before.</returns>
    public async ValueTask<MedIdResult<Unit>> CancelAsync(string requestId, AdministrationActor actor, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (await _store.FindRequestAsync(_options.Tenant, requestId, cancellationToken).ConfigureAwait(false) is not { } request)
        {
            return new MedIdError(ProviderErrorCodes.AdministrationUnknown, ErrorCategory.State, Section);
        }

        var line = new AuditLine
        {
            Event = AuditEventKind.RequestCancelled,
            At = _time.GetUtcNow(),
            Agents = [.. actor.Agents, AuditAgent.Client(request.ClientId)],
            Subject = request.Subject,
            RequestId = request.Id,
            Resource = request.Resource,
            Reason = "request-cancelled",
        };
        return await _store.TryCancelRequestAsync(_options.Tenant, requestId, line, cancellationToken).ConfigureAwait(false) || request.Status == CibaStatus.Denied
            ? Unit.Value
            : new MedIdError(ProviderErrorCodes.RequestNotPending, ErrorCategory.State, Section);
    }

    private static MedIdError Unknown() => new(ProviderErrorCodes.AccountUnknown, ErrorCategory.State, Section);
}
