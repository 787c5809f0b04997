using MedId.Core;

namespace MedId.Provider;

/// <summary>Consents given beforehand.</summary>
public interface IStandingConsentStore
{
    /// <summary>Adds one. A new one-time code ends the person's older one.</summary>
    /// <param name="consent">The consent, of an active account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    /// <exception cref="ArgumentException">The id or the code's digest is taken, or there is no such account. Nothing changes.</exception>
    ValueTask AddStandingConsentAsync(StandingConsent consent, CancellationToken cancellationToken = default);

    /// <summary>Finds one.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consent with its uses, or null.</returns>
    ValueTask<StandingConsent?> FindStandingConsentAsync(TenantId tenant, string id, CancellationToken cancellationToken = default);

    /// <summary>Finds the one that a code opens.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="codeDigest">The keyed digest of the code.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consent when it may be used now; null otherwise.</returns>
    ValueTask<StandingConsent?> FindStandingConsentByCodeAsync(TenantId tenant, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Those of a person, newest first.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="subject">The account.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>All, also those that ended.</returns>
    ValueTask<IReadOnlyList<StandingConsent>> ListStandingConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default);

    /// <summary>Withdraws one with every consent made from it: their tokens, refresh families and unredeemed requests end in the same transaction.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">Its id.</param>
    /// <param name="subject">The person; another person's is unknown.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome.</returns>
    ValueTask<WithdrawalOutcome> WithdrawStandingConsentAsync(TenantId tenant, string id, string subject, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>Counts an attempt with a code that nobody was given, atomically over all nodes.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="clientId">The client that brought it.</param>
    /// <param name="at">Now.</param>
    /// <param name="limit">How many are allowed to a client within the window; ten times as many to all clients together.</param>
    /// <param name="window">The window.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the limit is reached: no code is judged for this client until the window has passed.</returns>
    ValueTask<bool> TryCountCodeAttemptAsync(TenantId tenant, string clientId, DateTimeOffset at, int limit, TimeSpan window, CancellationToken cancellationToken = default);
}
