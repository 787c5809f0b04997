using MedId.Core;

namespace MedId.Provider;

/// <summary>The patient's view of consents given, and the way back (rows A12, D5). As easy as giving: one act of the same device.</summary>
public sealed class ConsentHistory
{
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;
    private readonly WithdrawalReach _reach;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="reach">Tells everybody of a withdrawal.</param>
    /// <param name="time">The clock.</param>
    public ConsentHistory(IProviderStore store, ProviderOptions options, WithdrawalReach reach, TimeProvider time)
    {
        _store = store;
        _options = options;
        _reach = reach;
        _time = time;
        _access = new(store, options, time);
    }

    /// <summary>The consents of the person who holds the device, newest first, each with its history.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consents.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<ConsentHistoryEntry>>> ListAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        var entries = new List<ConsentHistoryEntry>();
        var now = _time.GetUtcNow();
        foreach (var consent in await _store.ListConsentsAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(new(consent, await _store.ListConsentEventsAsync(_options.Tenant, consent.Id, cancellationToken).ConfigureAwait(false))
            {
                Changes = consent.IsActive(now) ? _options.NoticeRegister.Changes(consent.Recipient.ClientId, consent.Notice.RecipientVersion, consent.Notice.Language, now) : [],
            });
        }

        return entries;
    }

    /// <summary>The consents that the person who holds the device gave for others, newest first, each with its history.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The consents, also of relations that have ended: what somebody did stays theirs to see.</returns>
    public async ValueTask<MedIdResult<IReadOnlyList<ConsentHistoryEntry>>> ListGivenForOthersAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var account = await _access.JudgeAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!account.Succeeded)
        {
            return account.Error;
        }

        var entries = new List<ConsentHistoryEntry>();
        foreach (var consent in await _store.ListConsentsByProxyAsync(_options.Tenant, account.Value, cancellationToken).ConfigureAwait(false))
        {
            entries.Add(new(consent, await _store.ListConsentEventsAsync(_options.Tenant, consent.Id, cancellationToken).ConfigureAwait(false)));
        }

        return entries;
    }

    /// <summary>Takes a consent back. From the next introspection on nothing is opened by it; both parties and the person's other devices are told.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="consentId">The consent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Success also when it was withdrawn before; refused when the person neither has such a consent nor gave it for somebody else.</returns>
    public async ValueTask<MedIdResult<Unit>> WithdrawAsync(string? deviceToken, string consentId, CancellationToken cancellationToken = default)
    {
        var device = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!device.Succeeded)
        {
            return device.Error;
        }

        // As easy as giving, for whoever gave it.
        var account = device.Value.AccountId;
        var subject = await _store.FindConsentAsync(_options.Tenant, consentId, cancellationToken).ConfigureAwait(false) is { Proxy: { } proxy } given
            && string.Equals(proxy.Subject, account, StringComparison.Ordinal) ? given.Subject : account;
        var outcome = await _store.WithdrawConsentAsync(_options.Tenant, consentId, subject, _time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        if (outcome == WithdrawalOutcome.Unknown)
        {
            return new MedIdError(ProviderErrorCodes.ConsentUnknown, ErrorCategory.State, "MedId walk, history and withdrawal");
        }

        if (outcome == WithdrawalOutcome.Withdrawn && await _store.FindConsentAsync(_options.Tenant, consentId, cancellationToken).ConfigureAwait(false) is { } withdrawn)
        {
            await _reach.TellAsync([withdrawn], device.Value.DeviceId, cancellationToken).ConfigureAwait(false);
        }

        return Unit.Value;
    }
}
