using MedId.Core;

namespace MedId.Provider;

/// <summary>Suspending and reactivating an account in one word.</summary>
public static class AccountStatusExtensions
{
    /// <summary>Brings an account to <see cref="AccountStatus.Suspended"/> or <see cref="AccountStatus.Active"/> where the table allows it; no change when it is there already.</summary>
    /// <param name="store">The store.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="status">Suspended or active.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Whether the account is known and has the status now.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Another status: it has conditions of its own, see <see cref="ILifeCycleStore.ChangeAccountAsync"/>.</exception>
    public static async ValueTask<bool> SetAccountStatusAsync(
        this ILifeCycleStore store, TenantId tenant, string accountId, AccountStatus status, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(store);
        var happened = status switch
        {
            AccountStatus.Suspended => AccountEvent.Suspend,
            AccountStatus.Active => AccountEvent.Reactivate,
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
        var changed = await store.ChangeAccountAsync(
            new() { Tenant = tenant, AccountId = accountId, Event = happened, Actor = LifeCycleActor.Op, At = at }, cancellationToken).ConfigureAwait(false);
        return changed.Succeeded || string.Equals(changed.Error.Code, AccountTransitions.CodeOf(status), StringComparison.Ordinal);
    }
}
