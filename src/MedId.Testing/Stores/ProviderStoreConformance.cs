using MedId.Core;
using MedId.Provider;

namespace MedId.Testing;

/// <summary>
/// The conformance suite of <see cref="IProviderStore"/>: every verb, every outcome, exact ends, tenants apart, many callers with one winner. It knows no test framework:
/// run every check of the lists against a store of yours, each as a test of its own, one after another on one database (a sweep sees all of it). All data is
/// synthetic; ids are random, so a database need not be empty.
/// </summary>
public static class ProviderStoreConformance
{
    /// <summary>How many callers race where exactly one may win.</summary>
    public const int Racers = 64;

    /// <summary>The tenant that the checks work in; the store under test must have keys for it.</summary>
    public static TenantId Tenant { get; } = new("conformance-a");

    /// <summary>The other tenant, which must never notice; the store under test must have keys for it.</summary>
    public static TenantId OtherTenant { get; } = new("conformance-b");

    /// <summary>The checks that every store passes.</summary>
    public static IReadOnlyList<ProviderStoreCheck> Checks { get; } =
    [
        .. AccountChecks.All,
        .. EnrolmentChecks.All,
        .. DeviceChecks.All,
        .. LifeCycleChecks.All,
        .. RequestChecks.All,
        .. ApprovalChecks.All,
        .. RedemptionChecks.All,
        .. ConsentChecks.All,
        .. ReuseChecks.All,
        .. StandingChecks.All,
        .. ProxyChecks.All,
        .. HistoryChecks.All,
        .. AuditChecks.All,
        .. RefreshTokenChecks.All,
        .. SingleUseChecks.All,
        .. OutboxChecks.All,
        .. ThrottleChecks.All,
        .. TenantChecks.All,
        .. SettingChecks.All,
        .. AdministrationChecks.All,
    ];

    /// <summary>The checks that a durable store passes besides.</summary>
    public static IReadOnlyList<ProviderStoreReopenCheck> ReopenChecks => DurabilityChecks.All;
}
