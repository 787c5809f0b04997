using MedId.Core;

namespace MedId.Provider;

/// <summary>Takes back, and has everybody told of what ended.</summary>
internal sealed class DashboardWithdrawals(IProviderStore store, ProviderOptions options, WithdrawalReach reach)
{
    public async ValueTask<WithdrawalOutcome> ConsentAsync(DashboardPerson person, string consentId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var outcome = await store.WithdrawConsentAsync(options.Tenant, consentId, person.AccountId, at, cancellationToken).ConfigureAwait(false);
        if (outcome == WithdrawalOutcome.Withdrawn)
        {
            await TellAsync(person, [consentId]).ConfigureAwait(false);
        }

        return outcome;
    }

    public async ValueTask<WithdrawalOutcome> StandingAsync(DashboardPerson person, string standingId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var made = (await store.ListConsentsAsync(options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false))
            .Where(consent => consent.Ground?.StandingConsentId == standingId && consent.IsActive(at)).Select(consent => consent.Id).ToList();
        var outcome = await store.WithdrawStandingConsentAsync(options.Tenant, standingId, person.AccountId, at, cancellationToken).ConfigureAwait(false);
        if (outcome == WithdrawalOutcome.Withdrawn)
        {
            await TellAsync(person, made).ConfigureAwait(false);
        }

        return outcome;
    }

    /// <returns>How many were taken back; null when the person never gave this recipient anything.</returns>
    public async ValueTask<int?> RecipientAsync(DashboardPerson person, string clientId, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var beforehand = (await store.ListStandingConsentsAsync(options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false))
            .Where(consent => consent.Recipients.Contains(clientId, StringComparer.Ordinal)).ToList();

        // What is given beforehand ends first, so that nothing new is made from it meanwhile.
        var ended = 0;
        foreach (var consent in beforehand.Where(consent => consent.Status == ConsentStatus.Given))
        {
            ended += await StandingAsync(person, consent.Id, at, cancellationToken).ConfigureAwait(false) == WithdrawalOutcome.Withdrawn ? 1 : 0;
        }

        var consents = (await store.ListConsentsAsync(options.Tenant, person.AccountId, cancellationToken).ConfigureAwait(false))
            .Where(consent => string.Equals(consent.Recipient.ClientId, clientId, StringComparison.Ordinal)).ToList();
        foreach (var consent in consents.Where(consent => consent.IsActive(at)))
        {
            ended += await ConsentAsync(person, consent.Id, at, cancellationToken).ConfigureAwait(false) == WithdrawalOutcome.Withdrawn ? 1 : 0;
        }

        return consents.Count + beforehand.Count > 0 ? ended : null;
    }

    /// <summary>What is taken back is so already: that the person closes the page keeps nobody from being told.</summary>
    private async ValueTask TellAsync(DashboardPerson person, IEnumerable<string> consentIds)
    {
        var ended = new List<ConsentRecord>();
        foreach (var id in consentIds)
        {
            if (await store.FindConsentAsync(options.Tenant, id, CancellationToken.None).ConfigureAwait(false) is { } consent)
            {
                ended.Add(consent);
            }
        }

        await reach.TellAsync(ended, person.DeviceId, CancellationToken.None).ConfigureAwait(false);
    }
}
