using MedId.Core;
using MedId.Provider;

namespace MedId.Provider.Tests;

/// <summary>The consents that a person gave beforehand, as a list; only reading is asked of it.</summary>
internal sealed class FakeStandingConsents : IStandingConsentStore
{
    public List<StandingConsent> Given { get; } = [];

    public ValueTask<IReadOnlyList<StandingConsent>> ListStandingConsentsAsync(TenantId tenant, string subject, CancellationToken cancellationToken = default) =>
        new([.. Given.Where(one => one.Tenant == tenant && one.Subject == subject)]);

    public ValueTask AddStandingConsentAsync(StandingConsent consent, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<StandingConsent?> FindStandingConsentAsync(TenantId tenant, string id, CancellationToken cancellationToken = default) => throw new NotSupportedException();

    public ValueTask<StandingConsent?> FindStandingConsentByCodeAsync(TenantId tenant, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<WithdrawalOutcome> WithdrawStandingConsentAsync(TenantId tenant, string id, string subject, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<bool> TryCountCodeAttemptAsync(TenantId tenant, string clientId, DateTimeOffset at, int limit, TimeSpan window, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public ValueTask<ApprovalOutcome> TryGiveStandingConsentAsync(StandingConsent consent, DeviceUse device, CancellationToken cancellationToken = default) => throw new NotSupportedException();
}
