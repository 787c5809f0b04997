using MedId.Core;

namespace MedId.Provider;

/// <summary>What a desk does about a person's devices and account (rows A9, C5): reports of loss, recovery, unbinding, leaving. The caller has authenticated the clerk or administrator.</summary>
/// <param name="store">The store.</param>
/// <param name="options">The OP's choices.</param>
/// <param name="enrolment">Gives tickets.</param>
/// <param name="time">The clock.</param>
public sealed class LifeCycleDesk(IProviderStore store, ProviderOptions options, EnrolmentDesk enrolment, TimeProvider time)
{
    private const string Section = "MedId walk, life cycle of devices";

    /// <summary>Issues a ticket after a check at a reception desk. Clerk, institution and level are recorded with the ticket, the device and its history.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="clerk">The clerk, by an identifier of their own.</param>
    /// <param name="level">What the check was worth.</param>
    /// <param name="replaces">The device that the new one takes the place of; null for an additional one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The ticket; refused when the account is not active, the check too weak for what the account had, or the device to be replaced unknown.</returns>
    /// <exception cref="ArgumentException">The actor is no clerk, or the level is not stated.</exception>
    public ValueTask<MedIdResult<string>> IssueTicketAsync(
        string accountId, LifeCycleActor clerk, ProofingLevel level, string? replaces = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clerk);
        if (clerk is not { Kind: LifeCycleActorKind.Clerk, Id.Length: > 0, InstitutionId.Length: > 0 } || level == ProofingLevel.Unstated)
        {
            throw new ArgumentException("A check at a desk has a clerk, an institution and a level.", nameof(clerk));
        }

        return enrolment.IssueTicketAsync(
            accountId,
            new ProofingRecord { Method = ProofingRecord.ReceptionDesk, Level = level, At = time.GetUtcNow(), InstitutionId = clerk.InstitutionId, ClerkId = clerk.Id },
            replaces,
            cancellationToken);
    }

    /// <summary>Makes something happen to a device: a loss that was told by telephone, a device that was found, an unbinding.</summary>
    /// <param name="accountId">The person's account.</param>
    /// <param name="deviceId">The device.</param>
    /// <param name="happened">What happened; a replacement is made by enrolling with a ticket that names the old device.</param>
    /// <param name="actor">The clerk or administrator.</param>
    /// <param name="leavesNone">For <see cref="DeviceEvent.Revoke"/>: whether it is meant that no device may be left.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The device as it is now; refused with the table's code.</returns>
    /// <exception cref="ArgumentException">The event is a replacement, or the actor is neither clerk nor administrator.</exception>
    public ValueTask<MedIdResult<Device>> ChangeDeviceAsync(
        string accountId, string deviceId, DeviceEvent happened, LifeCycleActor actor, bool leavesNone = false, CancellationToken cancellationToken = default)
    {
        Require(actor);
        if (happened == DeviceEvent.Replace)
        {
            throw new ArgumentException("A device is replaced by enrolling another one with a ticket that names it.", nameof(happened));
        }

        return store.ChangeDeviceAsync(
            new() { Tenant = options.Tenant, AccountId = accountId, DeviceId = deviceId, Event = happened, Actor = actor, At = time.GetUtcNow(), LeavesNone = leavesNone },
            cancellationToken);
    }

    /// <summary>Makes something happen to an account.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="happened">What happens; leaving (<see cref="AccountEvent.Archive"/>) unbinds every device.</param>
    /// <param name="actor">The clerk or administrator.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The account as it is now; refused with the table's code.</returns>
    /// <exception cref="ArgumentException">The actor is neither clerk nor administrator.</exception>
    public ValueTask<MedIdResult<Account>> ChangeAccountAsync(string accountId, AccountEvent happened, LifeCycleActor actor, CancellationToken cancellationToken = default)
    {
        Require(actor);
        return store.ChangeAccountAsync(
            new() { Tenant = options.Tenant, AccountId = accountId, Event = happened, Actor = actor, At = time.GetUtcNow() }, cancellationToken);
    }

    /// <summary>What the desk has to check before it may recover a person: the level of the best-bound device that the account ever had.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The level; refused when the account is unknown.</returns>
    public async ValueTask<MedIdResult<ProofingLevel>> RecoveryLevelAsync(string accountId, CancellationToken cancellationToken = default) =>
        await store.FindAccountAsync(options.Tenant, accountId, cancellationToken).ConfigureAwait(false) is { } account
            ? StoreRules.RecoveryLevel(await store.ListDevicesAsync(options.Tenant, account.Id, cancellationToken).ConfigureAwait(false))
            : new MedIdError(ProviderErrorCodes.AccountUnknown, ErrorCategory.State, Section);

    private static void Require(LifeCycleActor actor)
    {
        ArgumentNullException.ThrowIfNull(actor);
        if (actor.Kind is not (LifeCycleActorKind.Clerk or LifeCycleActorKind.Administrator))
        {
            throw new ArgumentException("A desk acts by a clerk or an administrator.", nameof(actor));
        }
    }
}
