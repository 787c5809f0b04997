using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>The one step from a verified act to an approved request.</summary>
public interface IApprovalStore
{
    /// <summary>
    /// In one transaction: the account is active, the device may act, its counter still is what was judged and moves on, the request is pending and unexpired and becomes
    /// approved, the consent is recorded with its first history line. A consent given beforehand on which it rests may be used once more and is used. Otherwise nothing changes.
    /// </summary>
    /// <param name="approval">What the act changes.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome, judged in the order account, request, expiry, device, counter, consent given beforehand.</returns>
    /// <exception cref="ArgumentException">
    /// Grant and consent are not of one approval or not of the request, hold more scopes than were asked for or shown, the consent's id is taken, or the consent
    /// given beforehand is of another person, kind, resource, recipient, purpose or end, or opens less. Nothing changes.
    /// </exception>
    ValueTask<ApprovalOutcome> TryApproveAsync(Approval approval, CancellationToken cancellationToken = default);

    /// <summary>The requests that wait for a person, for a shared terminal at which the person has just proved who they are (row A18).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="accountId">The person.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Pending and unexpired requests, the one that ends last first; at most as many as may be pending at once.</returns>
    ValueTask<IReadOnlyList<CibaRequest>> ListPendingRequestsAsync(TenantId tenant, string accountId, DateTimeOffset at, CancellationToken cancellationToken = default);
}
