using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask<ConsentRecord?> FindConsentAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Consents.GetValueOrDefault(consentId)?.Record));

    /// <inheritdoc/>
    public ValueTask<bool> IsConsentActiveAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => IsConsentActive(memory, consentId, subject, at)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentRecord>> ListConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<ConsentRecord>>(tenant, memory =>
            memory.Accounts.TryGetValue(subject, out var account)
                ? [.. account.Consents.Select(id => memory.Consents[id].Record).Reverse().OrderByDescending(record => record.GivenAt)]
                : []));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ConsentEvent>> ListConsentEventsAsync(TenantId tenant, string consentId, CancellationToken cancellationToken = default) =>
        new(Run<IReadOnlyList<ConsentEvent>>(tenant, memory =>
            memory.Consents.TryGetValue(consentId, out var consent) ? [.. consent.Events] : []));

    /// <inheritdoc/>
    public ValueTask AppendConsentEventAsync(TenantId tenant, string consentId, ConsentEvent line, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(line);
        Run(tenant, memory =>
        {
            if (!memory.Consents.TryGetValue(consentId, out var consent))
            {
                throw new ArgumentException("No such consent.", nameof(consentId));
            }

            memory.Tell(consent, line);
            if (AuditLines.Told(consentId, consent.Record.Subject, line) is { } told)
            {
                memory.Audit(told);
            }

            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<WithdrawalOutcome> WithdrawConsentAsync(
        TenantId tenant, string consentId, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => Withdraw(memory, consentId, subject, at)));

    private static WithdrawalOutcome Withdraw(TenantMemory memory, string consentId, string subject, DateTimeOffset at, string? by = null, AuditLine? line = null)
    {
        if (!memory.Consents.TryGetValue(consentId, out var consent) || !string.Equals(consent.Record.Subject, subject, StringComparison.Ordinal))
        {
            return WithdrawalOutcome.Unknown;
        }

        if (consent.Record.Status == ConsentStatus.Withdrawn)
        {
            return WithdrawalOutcome.AlreadyWithdrawn;
        }

        Withdraw(memory, consent, at, by, line);
        return WithdrawalOutcome.Withdrawn;
    }

    private static void Withdraw(TenantMemory memory, TenantMemory.ConsentMemory consent, DateTimeOffset at, string? by = null, AuditLine? line = null)
    {
        consent.Record = consent.Record with { Status = ConsentStatus.Withdrawn, WithdrawnAt = at };
        memory.Tell(consent, new(at, "withdrawn", by));
        memory.Audit(line ?? AuditLines.Withdrawn(consent.Record.Id, consent.Record.Subject, at));
        memory.Send(MessageRules.OfEnded(consent.Record.Tenant, consent.Record.Id, at));
        if (memory.Requests.TryGetValue(consent.RequestId, out var request))
        {
            if (request.Cancel() is { } cancelled)
            {
                memory.Decide(cancelled);
            }
        }

        foreach (var family in consent.Families)
        {
            memory.EndFamily(family);
        }
    }

    private static bool IsConsentActive(TenantMemory memory, string consentId, string subject, DateTimeOffset at) =>
        memory.Consents.TryGetValue(consentId, out var consent)
        && string.Equals(consent.Record.Subject, subject, StringComparison.Ordinal)
        && consent.Record.IsActive(at)
        && memory.IsActive(subject)
        && memory.StandingStands(consent.Record)
        && memory.RelationStands(consent.Record, at)
        && (consent.DeviceId is null || (memory.DeviceOf(consent.DeviceId) is { } device && DeviceTransitions.ConsentsStand(device.State)));
}
