using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Provider;

/// <summary>Tells both parties, and the person's other devices after their quiet hours, that a consent ended; each until it was told once.</summary>
internal sealed class EndedTelling(IProviderStore store, ProviderOptions options, IDeviceNotifier notifier, IEnumerable<IConsentEndedObserver> observers, TimeProvider time) : IOutboxHandler
{
    private readonly IReadOnlyList<IConsentEndedObserver> _observers = [.. observers];
    private readonly QuietTimes _quiet = new(store, options);
    private readonly OutboxBackoff _backoff = new(options.Outbox);

    public string Kind => OutboxKinds.Ended;

    public static string MessageId(string consentId) => $"{OutboxKinds.Ended}:{consentId}";

    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default) =>
        (await AttemptAsync(message, actingDeviceId: null, told: null, cancellationToken).ConfigureAwait(false)).Outcome;

    /// <param name="message">The message.</param>
    /// <param name="actingDeviceId">The device by which the person did it; null when none did or it is in the message.</param>
    /// <param name="told">Called for each channel that took it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<AttemptResult> AttemptAsync(OutboxMessage message, string? actingDeviceId, Action? told, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await store.FindConsentAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false) is not { } consent
            || await store.IsConsentActiveAsync(consent.Tenant, consent.Id, consent.Subject, now, cancellationToken).ConfigureAwait(false))
        {
            // A device that was lost is found: the consent stands again, and there is nothing to tell.
            return new(OutboxOutcome.Done);
        }

        var state = EndedState.Parse(message.Body);
        state = state with { Acting = state.Acting ?? actingDeviceId };
        var again = now + _backoff.After(message.Attempts);
        DateTimeOffset? due = null;
        var news = new ConsentEnded
        {
            Tenant = consent.Tenant,
            ConsentId = consent.Id,
            ClientId = consent.Recipient.ClientId,
            Resource = consent.Resource,
            At = consent.WithdrawnAt ?? message.ExpiresAt - MessageRules.EndedRetention,
        };
        for (var place = 0; place < _observers.Count; place++)
        {
            if (state.Observers.Contains(place))
            {
                continue;
            }

            if (await TryAsync(_observers[place], news, cancellationToken).ConfigureAwait(false))
            {
                state.Observers.Add(place);
                told?.Invoke();
            }
            else
            {
                due = again;
            }
        }

        if (await TellDevicesAsync(message, consent, state, now, again, told, cancellationToken).ConfigureAwait(false) is { } later)
        {
            due = due < later ? due : later;
        }

        var body = state.ToJson();
        return new(due is { } next ? OutboxOutcome.Again(next, body) : OutboxOutcome.Done, body);
    }

    private async ValueTask<DateTimeOffset?> TellDevicesAsync(
        OutboxMessage message, ConsentRecord consent, EndedState state, DateTimeOffset now, DateTimeOffset again, Action? told, CancellationToken cancellationToken)
    {
        var devices = (await store.ListDevicesAsync(consent.Tenant, consent.Subject, cancellationToken).ConfigureAwait(false))
            .Where(device => device.Id != state.Acting && device.PushAddress.Length > 0 && device.MayActAt(now) && !state.Devices.Contains(device.Id, StringComparer.Ordinal)).ToList();
        if (devices.Count > 0 && await _quiet.EndAsync(consent.Subject, now, cancellationToken).ConfigureAwait(false) is { } end)
        {
            return end;
        }

        DateTimeOffset? due = null;
        foreach (var device in devices)
        {
            var delivery = await DeliverAsync(message, consent, device, cancellationToken).ConfigureAwait(false);
            if (delivery.Kind == DeviceDeliveryKind.TryAgain)
            {
                var next = delivery.RetryAt > again ? delivery.RetryAt.Value : again;
                due = due < next ? due : next;
                continue;
            }

            state.Devices.Add(device.Id);
            if (delivery.Kind == DeviceDeliveryKind.Sent)
            {
                told?.Invoke();
            }
            else if (delivery.Kind == DeviceDeliveryKind.Unregistered)
            {
                await store.ClearPushAddressAsync(device.Tenant, device.Id, device.PushAddress, now, cancellationToken).ConfigureAwait(false);
            }
        }

        return due;
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A party that cannot be told keeps nobody else from being told; it is tried again.")]
    private static async ValueTask<bool> TryAsync(IConsentEndedObserver observer, ConsentEnded news, CancellationToken cancellationToken)
    {
        try
        {
            await observer.TellAsync(news, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A channel that throws is tried again; others are told all the same.")]
    private async ValueTask<DeviceDelivery> DeliverAsync(OutboxMessage message, ConsentRecord consent, Device device, CancellationToken cancellationToken)
    {
        try
        {
            return await notifier.DeliverAsync(new() { PushAddress = device.PushAddress, Id = consent.Id, Urgent = false, ExpiresAt = message.ExpiresAt }, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            return DeviceDelivery.TryAgain();
        }
    }
}
