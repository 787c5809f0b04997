using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// Carries a withdrawal to everybody who holds something of the consent. The store's one transaction has ended tokens, refresh families, unredeemed requests and the artefacts' state; what comes here is the telling:
/// both parties by their observers, and every other device of the person by its push channel (the opaque id of the consent, nothing else).
/// </summary>
public sealed class WithdrawalReach
{
    private readonly IProviderStore _store;
    private readonly IDeviceNotifier _notifier;
    private readonly IReadOnlyList<IConsentEndedObserver> _observers;
    private readonly TimeProvider _time;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="notifier">The push channel.</param>
    /// <param name="observers">The parties' channels.</param>
    /// <param name="time">The clock.</param>
    public WithdrawalReach(IProviderStore store, IDeviceNotifier notifier, IEnumerable<IConsentEndedObserver> observers, TimeProvider time)
    {
        _store = store;
        _notifier = notifier;
        _observers = [.. observers];
        _time = time;
    }

    /// <summary>Tells that consents have ended, after the store ended them.</summary>
    /// <param name="ended">Consents of one person.</param>
    /// <param name="actingDeviceId">The device by which the person did it, which need not be told; null when none did.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>How many channels took it.</returns>
    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A channel that fails must not keep the others from being told; the withdrawal itself stands.")]
    public async ValueTask<int> TellAsync(IReadOnlyCollection<ConsentRecord> ended, string? actingDeviceId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ended);
        var now = _time.GetUtcNow();
        var told = 0;
        foreach (var consent in ended)
        {
            var news = new ConsentEnded { Tenant = consent.Tenant, ConsentId = consent.Id, ClientId = consent.Recipient.ClientId, Resource = consent.Resource, At = consent.WithdrawnAt ?? now };
            foreach (var observer in _observers)
            {
                await TryAsync(() => observer.TellAsync(news, cancellationToken)).ConfigureAwait(false);
            }

            var devices = await _store.ListDevicesAsync(consent.Tenant, consent.Subject, cancellationToken).ConfigureAwait(false);
            foreach (var device in devices.Where(device => device.Id != actingDeviceId && device.PushAddress.Length > 0 && device.MayActAt(now)))
            {
                await TryAsync(async () => await _notifier.NotifyAsync(device.PushAddress, consent.Id, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
            }
        }

        return told;

        async ValueTask TryAsync(Func<ValueTask> tell)
        {
            try
            {
                await tell().ConfigureAwait(false);
                told++;
            }
            catch (Exception) when (!cancellationToken.IsCancellationRequested)
            {
                // Told or not, what the party holds opens nothing any more.
            }
        }
    }
}
