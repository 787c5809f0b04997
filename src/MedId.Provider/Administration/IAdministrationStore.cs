using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What operators need of the store beside the verbs of people and clients: each act with the operator's own line in its transaction.</summary>
public interface IAdministrationStore
{
    /// <summary>Lists pending, unexpired requests of the tenant by id (ordinal).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">Now.</param>
    /// <param name="after">The last id of the page before; null for the first.</param>
    /// <param name="limit">1 to 1,000.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The requests.</returns>
    ValueTask<IReadOnlyList<CibaRequest>> ListWaitingRequestsAsync(TenantId tenant, DateTimeOffset at, string? after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Denies a pending, unexpired request in the operator's name (<see cref="CibaRequest.Deny"/>).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="requestId">The request's opaque id.</param>
    /// <param name="line">The line of the audit trail; its time is now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for exactly one caller; false when unknown, decided or expired. The line stands only with true.</returns>
    ValueTask<bool> TryCancelRequestAsync(TenantId tenant, string requestId, AuditLine line, CancellationToken cancellationToken = default);

    /// <summary>Withdraws on the person's order, as <see cref="IConsentStore.WithdrawConsentAsync"/> does, with the operator's line in the place of the person's.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="subject">The person; another person's consent is unknown.</param>
    /// <param name="by">Who acted, for the consent's history: the administration client's id.</param>
    /// <param name="line">The line of the audit trail; its time is now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome; the line stands only with <see cref="WithdrawalOutcome.Withdrawn"/>.</returns>
    ValueTask<WithdrawalOutcome> WithdrawConsentByOrderAsync(TenantId tenant, string consentId, string subject, string by, AuditLine line, CancellationToken cancellationToken = default);

    /// <summary>How far the outbox is behind.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The earliest time for which an unexpired message that is due now has been due; null when none is.</returns>
    ValueTask<DateTimeOffset?> FindOldestDueMessageAsync(TenantId tenant, DateTimeOffset at, CancellationToken cancellationToken = default);
}
