using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// Carries a withdrawal to everybody who holds something of the consent. The store's one transaction has ended tokens, refresh families, unredeemed requests and the artefacts' state, and left a message; what comes here is
/// the first attempt at the telling: both parties by their observers, and every other device of the person by its push channel (the opaque id of the consent, nothing else). The outbox goes on with what fails.
/// </summary>
public sealed class WithdrawalReach
{
    private readonly FirstAttempts _first;
    private readonly EndedTelling _telling;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="notifier">The push channel.</param>
    /// <param name="observers">The parties' channels.</param>
    /// <param name="time">The clock.</param>
    /// <param name="options">The tenant, quiet hours and pauses; null for the defaults.</param>
    public WithdrawalReach(IProviderStore store, IDeviceNotifier notifier, IEnumerable<IConsentEndedObserver> observers, TimeProvider time, ProviderOptions? options = null)
    {
        options ??= new();
        _first = new(store, options, time);
        _telling = new(store, options, notifier, observers, time);
    }

    /// <summary>Tells that consents have ended, after the store ended them.</summary>
    /// <param name="ended">Consents of one person.</param>
    /// <param name="actingDeviceId">The device by which the person did it, which need not be told; null when none did.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many channels took it now.</returns>
    public async ValueTask<int> TellAsync(IReadOnlyCollection<ConsentRecord> ended, string? actingDeviceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var told = 0;
        foreach (var consent in ended)
        {
            await _first.TryAsync(EndedTelling.MessageId(consent.Id), (message, stop) => _telling.AttemptAsync(message, actingDeviceId, () => told++, stop), cancellationToken).ConfigureAwait(false);
        }

        return told;
    }
}
