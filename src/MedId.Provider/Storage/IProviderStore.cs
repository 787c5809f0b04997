using MedId.Ciba.Server;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// Everything that a patient's OP keeps, as one store, because its atomic steps cross the chapters: an approval touches account, device, request and consent.
/// The contracts stand beside their owners; a store passes the conformance suite in <c>MedId.Testing</c>.
/// </summary>
public interface IProviderStore :
    IAccountStore,
    ILifeCycleStore,
    IEnrolmentStore,
    IDeviceStore,
    ICeremonyStore,
    IDeviceTokenStore,
    IApprovalStore,
    IConsentStore,
    IReuseStore,
    IStandingConsentStore,
    IProxyStore,
    IConsentHistoryStore,
    IAuditStore,
    IOutboxStore,
    IThrottleStore,
    ISettingStore,
    IAdministrationStore,
    ICibaRequestStore,
    IReplayStore,
    IRefreshTokenStore,
    ITokenRevocationStore
{
    /// <summary>Wakes whoever waits for what the verbs change: a decided request, a message that is due, a setting.</summary>
    IChangeSignals Signals { get; }

    /// <summary>How durable a completed verb is, for the line that a host prints when it starts: e.g. <c>sqlite journal_mode=wal synchronous=FULL</c>.</summary>
    string Durability { get; }

    /// <summary>Removes what has outlived its retention, and expires devices whose end has come; keeps consents, also those given beforehand, devices and their history. A one-time code past its end opens nothing and is forgotten.</summary>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many records went.</returns>
    ValueTask<int> SweepAsync(DateTimeOffset at, CancellationToken cancellationToken = default);
}
