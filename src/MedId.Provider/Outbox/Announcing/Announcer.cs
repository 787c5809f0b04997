using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using MedId.Ciba.Server;

namespace MedId.Provider;

/// <summary>
/// Announces a request to the devices of those who are asked: one device of each, the one enrolled last that takes it (row A5); where the channel does not take it, or nobody opens it in time, the next one.
/// What is only told afterwards (opened without asking, recorded at a desk) is announced to one device of the person, after their quiet hours.
/// </summary>
internal sealed class Announcer(IProviderStore store, ProviderOptions options, IDeviceNotifier notifier, TimeProvider time) : IOutboxHandler
{
    private readonly QuietTimes _quiet = new(store, options);
    private readonly OutboxBackoff _backoff = new(options.Outbox);

    public string Kind => OutboxKinds.Announce;

    public static string MessageId(string requestId) => $"{OutboxKinds.Announce}:{requestId}";

    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default) =>
        (await AttemptAsync(message, cancellationToken).ConfigureAwait(false)).Outcome;

    public async ValueTask<AttemptResult> AttemptAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var state = AnnounceState.Parse(message.Body);
        var request = await store.FindRequestAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false);
        var now = time.GetUtcNow();
        if (state.Told is null && (request is not { Status: CibaStatus.Pending } || now >= request.ExpiresAt))
        {
            // Decided by whomever, or over: nobody is asked any more.
            return new(OutboxOutcome.Done);
        }

        var round = new Round(message, state, request is null ? state.Told! : message.Subject, now, asks: state.Told is null);
        foreach (var account in state.Account is { } told ? [told] : request!.Context is null ? [request.Subject] : AskedRequests.Accounts(request))
        {
            await AnnounceAsync(round, account, cancellationToken).ConfigureAwait(false);
        }

        return round.Result();
    }

    /// <summary>Announces to one device of a person what is only told.</summary>
    /// <param name="message">The message.</param>
    /// <param name="id">What the device asks for.</param>
    /// <param name="account">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<AttemptResult> TellAsync(OutboxMessage message, string id, string account, CancellationToken cancellationToken)
    {
        var round = new Round(message, AnnounceState.Parse(message.Body), id, time.GetUtcNow(), asks: false);
        await AnnounceAsync(round, account, cancellationToken).ConfigureAwait(false);
        return round.Result();
    }

    private async ValueTask AnnounceAsync(Round round, string account, CancellationToken cancellationToken)
    {
        var urgent = round.Asks;
        if (await _quiet.EndAsync(account, round.Now, cancellationToken).ConfigureAwait(false) is { } end)
        {
            if (!urgent || options.Outbox.QuietRequests == QuietRequests.Hold)
            {
                round.Due(end);
                return;
            }

            urgent = options.Outbox.QuietRequests == QuietRequests.Announce;
        }

        // A card rings nowhere.
        var devices = (await store.ListDevicesAsync(round.Message.Tenant, account, cancellationToken).ConfigureAwait(false))
            .Where(device => device.PushAddress.Length > 0 && device.MayActAt(round.Now)).ToList();

        // Where one device was reached meanwhile, the one before it that did not take it is left in peace.
        var reached = devices.Any(device => round.State.Find(device.Id)?.SentAt is not null);
        foreach (var device in devices.Where(device => !reached || round.State.Find(device.Id) is not { SentAt: null }))
        {
            if (await TryAsync(round, device, urgent, isLast: device == devices[^1], cancellationToken).ConfigureAwait(false))
            {
                return;
            }
        }
    }

    /// <summary>Tries one device.</summary>
    /// <returns>True when its person is waited for; false: the next device.</returns>
    private async ValueTask<bool> TryAsync(Round round, Device device, bool urgent, bool isLast, CancellationToken cancellationToken)
    {
        var known = round.State.Find(device.Id) ?? new() { Device = device.Id };
        if (known is { SentAt: null, Failed: null } && (known.DueAt is null || known.DueAt <= round.Now))
        {
            known = await DeliverAsync(round, device, known, urgent, cancellationToken).ConfigureAwait(false);
        }

        if (known.Failed is not null)
        {
            return false;
        }

        if (known.SentAt is { } sent)
        {
            round.Sent = true;
            return !round.Asks || isLast || Waits(round, sent);
        }

        round.Due(known.DueAt!.Value);
        return Waits(round, known.FirstAt!.Value);
    }

    /// <summary>Whether the next device is left in peace for the time being.</summary>
    private bool Waits(Round round, DateTimeOffset since)
    {
        var until = since + options.Outbox.FallbackAfter;
        if (round.Now >= until)
        {
            return false;
        }

        round.Due(until);
        return true;
    }

    private async ValueTask<DeviceTry> DeliverAsync(Round round, Device device, DeviceTry known, bool urgent, CancellationToken cancellationToken)
    {
        var tried = known with { Attempts = known.Attempts + 1, FirstAt = known.FirstAt ?? round.Now, DueAt = null };
        var delivery = await round.SendAsync(notifier, device, urgent, cancellationToken).ConfigureAwait(false);
        tried = delivery.Kind switch
        {
            DeviceDeliveryKind.Sent => tried with { SentAt = round.Now },
            DeviceDeliveryKind.TryAgain => tried with { DueAt = Later(delivery.RetryAt, round.Now + _backoff.After(tried.Attempts)) },
            _ => tried with { Failed = delivery.Code },
        };
        round.State.Put(tried);
        if (delivery.Kind == DeviceDeliveryKind.Unregistered)
        {
            await store.ClearPushAddressAsync(device.Tenant, device.Id, device.PushAddress, round.Now, cancellationToken).ConfigureAwait(false);
        }

        if (delivery.Kind == DeviceDeliveryKind.Sent && round.State.Told is { } consent)
        {
            await store.AppendConsentEventAsync(device.Tenant, consent, new(round.Now, AccessRequestOpener.ToldEvent, options.Issuer), cancellationToken).ConfigureAwait(false);
        }

        return tried;
    }

    private static DateTimeOffset Later(DateTimeOffset? one, DateTimeOffset other) => one > other ? one.Value : other;

    /// <summary>One attempt.</summary>
    private sealed class Round(OutboxMessage message, AnnounceState state, string id, DateTimeOffset now, bool asks)
    {
        private DateTimeOffset? _due;
        private ExceptionDispatchInfo? _failure;

        public OutboxMessage Message => message;

        public AnnounceState State => state;

        public DateTimeOffset Now => now;

        /// <summary>Whether somebody waits for the answer, or is only told.</summary>
        public bool Asks => asks;

        public bool Sent { get; set; }

        public void Due(DateTimeOffset at) => _due = at < _due || _due is null ? at : _due;

        [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A channel that throws is tried again; others are announced to all the same.")]
        public async ValueTask<DeviceDelivery> SendAsync(IDeviceNotifier notifier, Device device, bool urgent, CancellationToken cancellationToken)
        {
            try
            {
                return await notifier.DeliverAsync(new() { PushAddress = device.PushAddress, Id = id, Urgent = urgent, ExpiresAt = message.ExpiresAt }, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (!cancellationToken.IsCancellationRequested)
            {
                _failure ??= ExceptionDispatchInfo.Capture(e);
                return DeviceDelivery.TryAgain();
            }
        }

        public AttemptResult Result()
        {
            var body = state.ToJson();
            var outcome = _due is { } due && (due < message.ExpiresAt || !Sent) ? OutboxOutcome.Again(due, body)
                : Sent || state.Tries.Count == 0 ? OutboxOutcome.Done
                : OutboxOutcome.GiveUp(ProviderErrorCodes.AnnouncementUndeliverable);
            return new(outcome, body, _failure);
        }
    }
}
