using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask AddStandingConsentAsync(StandingConsent consent, CancellationToken cancellationToken = default)
    {
        StandingRules.Check(consent);
        Run(consent.Tenant, memory =>
        {
            Add(memory, consent);
            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<ApprovalOutcome> TryGiveStandingConsentAsync(StandingConsent consent, DeviceUse device, CancellationToken cancellationToken = default)
    {
        StandingRules.Check(consent);
        StandingRules.CheckDevice(consent, device);
        return new(Run(consent.Tenant, memory =>
        {
            if (!memory.IsActive(consent.Subject))
            {
                return ApprovalOutcome.AccountNotActive;
            }

            if (!memory.Devices.TryGetValue((device.Model, device.KeyId), out var known) || known.AccountId != device.AccountId)
            {
                return ApprovalOutcome.CounterMoved;
            }

            if (!known.MayActAt(consent.GivenAt))
            {
                return ApprovalOutcome.DeviceNotActive;
            }

            if (!StoreRules.MayAdvance(known.SignCounter, device.ExpectedCounter, device.NextCounter))
            {
                return ApprovalOutcome.CounterMoved;
            }

            Add(memory, consent);
            memory.Devices[(known.Model, known.KeyId)] = known with { SignCounter = device.NextCounter, BackedUp = device.BackedUp ?? known.BackedUp };
            return ApprovalOutcome.Approved;
        }));
    }

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Standing.GetValueOrDefault(id)));

    /// <inheritdoc/>
    public ValueTask<StandingConsent?> FindStandingConsentByCodeAsync(TenantId tenant, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codeDigest);
        return new(Run(tenant, memory =>
            memory.StandingByCode.TryGetValue(codeDigest, out var id) && memory.Standing[id] is var standing && standing.MayBeUsed(at) && memory.DeviceStands(standing) ? standing : null));
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<StandingConsent>> ListStandingConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<StandingConsent>>(tenant, memory => [.. memory.StandingOf(subject).Reverse().OrderByDescending(standing => standing.GivenAt)]));

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawStandingConsentAsync(TenantId tenant, string id, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
        {
            if (!memory.Standing.TryGetValue(id, out var standing) || !string.Equals(standing.Subject, subject, StringComparison.Ordinal))
            {
                return WithdrawalOutcome.Unknown;
            }

            if (standing.Status == ConsentStatus.Withdrawn)
            {
                return WithdrawalOutcome.AlreadyWithdrawn;
            }

            memory.Keep(StandingRules.Withdraw(standing, at));
            memory.Audit(AuditLines.StandingWithdrawn(standing, at));
            foreach (var consent in memory.Accounts[subject].Consents.Select(consentId => memory.Consents[consentId]))
            {
                if (consent.Record.Ground?.StandingConsentId == id && consent.Record.Status == ConsentStatus.Given)
                {
                    Withdraw(memory, consent, at);
                }
            }

            return WithdrawalOutcome.Withdrawn;
        }));

    /// <inheritdoc/>
    public ValueTask<bool> TryCountCodeAttemptAsync(TenantId tenant, string clientId, DateTimeOffset at, int limit, TimeSpan window, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(window, TimeSpan.Zero);
        return new(Run(tenant, memory =>
        {
            var (mine, all) = (Window(clientId), Window(TenantMemory.EveryClient));
            if (mine.Attempts >= limit || all.Attempts >= limit * StandingRules.ClientsInLimit)
            {
                return false;
            }

            memory.CodeAttempts[clientId] = (mine.Start, mine.Attempts + 1);
            memory.CodeAttempts[TenantMemory.EveryClient] = (all.Start, all.Attempts + 1);
            return true;

            (DateTimeOffset Start, int Attempts) Window(string client) =>
                memory.CodeAttempts.TryGetValue(client, out var known) ? StandingRules.Window(known.Start, known.Attempts, at, window) : (at, 0);
        }));
    }

    private static void Add(TenantMemory memory, StandingConsent consent)
    {
        if (!memory.Accounts.ContainsKey(consent.Subject))
        {
            throw new ArgumentException("There is no such account.", nameof(consent));
        }

        if (memory.Standing.ContainsKey(consent.Id))
        {
            throw new ArgumentException("The consent's id is taken.", nameof(consent));
        }

        if (consent.CodeDigest is { } code)
        {
            if (memory.StandingByCode.TryGetValue(code, out var id) && memory.Standing[id] is var other)
            {
                if (other.MayBeUsed(consent.GivenAt) && other.Subject != consent.Subject)
                {
                    throw new ArgumentException("The code is another live one's.", nameof(consent));
                }

                memory.Keep(other with { CodeDigest = null });
            }

            foreach (var older in memory.StandingOf(consent.Subject).Where(older => older.Kind == StandingConsentKind.OneTimeCode && older.MayBeUsed(consent.GivenAt)).ToList())
            {
                memory.Keep(StandingRules.Withdraw(older, consent.GivenAt));
                memory.Audit(AuditLines.StandingWithdrawn(older, consent.GivenAt) with { Agents = [AuditAgent.Op], Reason = StandingRules.NewerCode });
            }

            memory.StandingByCode.Add(code, consent.Id);
            memory.At(consent.ValidUntil, _ => Forget(memory, consent.Id));
        }

        memory.Standing.Add(consent.Id, consent);
        if (!memory.StandingBySubject.TryGetValue(consent.Subject, out var ids))
        {
            memory.StandingBySubject.Add(consent.Subject, ids = []);
        }

        ids.Add(consent.Id);
        memory.Audit(AuditLines.StandingGiven(consent));
        memory.Send(MessageRules.OfRecorded(consent));
    }

    // No record goes, so a sweep does not count it.
    private static bool Forget(TenantMemory memory, string id)
    {
        memory.Keep(memory.Standing[id] with { CodeDigest = null });
        return false;
    }
}
