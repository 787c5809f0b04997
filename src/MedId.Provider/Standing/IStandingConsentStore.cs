using MedId.Core;

namespace MedId.Provider;

/// <summary>Consents given beforehand.</summary>
public interface IStandingConsentStore
{
    /// <summary>Adds one that no device gave. A new one-time code ends the person's older one, if that was not used.</summary>
    /// <param name="consent">The consent, of an account that exists.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    /// <exception cref="ArgumentException">The id is taken, the code's digest is another live code's, there is no such account, or kind, code and uses contradict each other. Nothing changes.</exception>
    ValueTask AddStandingConsentAsync(StandingConsent consent, CancellationToken cancellationToken = default);

    /// <summary>
    /// Adds one that a device has just signed. In one transaction: the account is active, the device is the person's and may act, its counter still is what was judged and moves on, the consent is
    /// recorded. Otherwise nothing changes.
    /// </summary>
    /// <param name="consent">The consent; its <see cref="StandingConsent.DeviceId"/> is the device's.</param>
    /// <param name="device">The device that acted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The outcome, judged in the order account, device, counter.</returns>
    /// <exception cref="ArgumentException">As for <see cref="AddStandingConsentAsync"/>, or device and consent are not of one act.</exception>
    ValueTask<ApprovalOutcome> TryGiveStandingConsentAsync(StandingConsent consent, DeviceUse device, CancellationToken cancellationToken = default);

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
    /// <returns>The consent when it may be used now and the device that gave it has not fallen; null otherwise. Its account may be in any state.</returns>
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

    /// <summary>
    /// Counts an attempt with a code, before the code is judged, atomically over all nodes. An approval that uses a code gives the attempt back, so what counts in the end are the codes that opened
    /// nothing.
    /// </summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="clientId">The client that brought it.</param>
    /// <param name="at">Now.</param>
    /// <param name="limit">How many are allowed to a client within the window; ten times as many to all clients together.</param>
    /// <param name="window">The window.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>False when the limit is reached: no code is judged for this client until the window has passed.</returns>
    ValueTask<bool> TryCountCodeAttemptAsync(TenantId tenant, string clientId, DateTimeOffset at, int limit, TimeSpan window, CancellationToken cancellationToken = default);
}
