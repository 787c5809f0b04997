using MedId.Core;

namespace MedId.Provider;

/// <summary>Consents and their history.</summary>
public interface IConsentStore
{
    /// <summary>Finds a consent.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record, or null.</returns>
    ValueTask<ConsentRecord?> FindConsentAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default);

    /// <summary>The state of a consent without its personal content: what introspection asks at every call.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">Its id.</param>
    /// <param name="subject">The subject as in the token.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when given, not withdrawn, not past its end, of this subject, the subject's account is active, consents of the device that acted stand, and the consent given beforehand from which it was made, if any, is not withdrawn.</returns>
    ValueTask<bool> IsConsentActiveAsync(TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>The consents of a person, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The records.</returns>
    ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>The history of a consent, oldest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The lines.</returns>
    ValueTask<IReadOnlyList<ConsentEvent>> ListConsentEventsAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default);

    /// <summary>Adds a line to the history.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="line">The line; the history keeps the order of writing, whatever the clocks of the nodes say.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    /// <exception cref="ArgumentException">No such consent.</exception>
    ValueTask AppendConsentEventAsync(TenantId tenant, string consentId, ConsentEvent line, CancellationToken cancellationToken = default);

    /// <summary>Withdraws: in one transaction the consent ends, an unredeemed request of it is cancelled, its refresh families end, the history gets its line.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="subject">The person; another person's consent is unknown.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome.</returns>
    ValueTask<WithdrawalOutcome> WithdrawConsentAsync(TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default);
}
