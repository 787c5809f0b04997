using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>Notifications of an OP: CIBA Core §10.2, §10.3, §12.</content>
public sealed partial class CibaScheduler
{
    private const int MaxClosed = 10_000;
    private const string Section = "CIBA Core §10.2";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ClosedMemory = TimeSpan.FromMinutes(10);

    // Whom a bearer is compared with when nobody waits for it, so that the time does not tell.
    private readonly string _nobody = SecretGenerator.Base64Url();
    private readonly Dictionary<string, (string Token, DateTimeOffset Until)> _closed = new(StringComparer.Ordinal);
    private readonly Queue<string> _closedOrder = new();

    /// <summary>
    /// Takes a notification: a ping leads to a poll at once, pushed tokens and errors become the outcome when they are genuine. Nothing changes before the bearer and, for tokens, the ID token were verified.
    /// </summary>
    /// <param name="op">The OP's name: its notification endpoint is its own, so that no OP can speak for another.</param>
    /// <param name="authorization">The only <c>Authorization</c> header; null when absent.</param>
    /// <param name="body">The body, as it came.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>
    /// 204 when it was taken or had been before; 401 when the bearer is not that of the request named, also when no such request waits: the standard has one answer for both, which tells nobody what waits; 400 for a
    /// body that cannot be what it says; 503 when it may be genuine and cannot be judged now, so that the OP sends it again.
    /// </returns>
    /// <exception cref="ArgumentException">No such OP.</exception>
    public async Task<CibaNotificationAnswer> ReceiveAsync(string op, string? authorization, ReadOnlyMemory<byte> body, CancellationToken cancellationToken = default)
    {
        var lane = LaneOf(op);
        var answer = await TakeNotificationAsync(lane, authorization, body, cancellationToken).ConfigureAwait(false);
        CibaClientTelemetry.Notifications.Add(1, new KeyValuePair<string, object?>(CibaClientTelemetry.OutcomeTag, answer.Error?.Code ?? "ok"));
        return answer;
    }

    private async Task<CibaNotificationAnswer> TakeNotificationAsync(OpLane lane, string? authorization, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        if (NotificationBearer.Read(authorization) is not { } bearer)
        {
            return Unauthenticated();
        }

        var parsed = CibaNotification.Parse(body);
        if (!parsed.Succeeded)
        {
            return new(CibaNotificationAnswer.BadRequest, parsed.Error);
        }

        // §10.2, §10.3: the bearer is valid and belongs to the auth_req_id of the body.
        var notification = parsed.Value;
        var entry = FindByAuthReqId(lane, notification.AuthReqId);
        if (entry is null)
        {
            return await TakeUnknownAsync(lane, authorization, bearer, notification, cancellationToken).ConfigureAwait(false);
        }

        return entry.Authentication.IsNotifiedBy(authorization)
            ? await TakeAsync(entry, notification, cancellationToken).ConfigureAwait(false)
            : Unauthenticated();
    }

    private async Task<CibaNotificationAnswer> TakeAsync(PendingEntry entry, CibaNotification notification, CancellationToken cancellationToken)
    {
        var isPush = entry.Lane.Client.DeliveryMode == TokenDeliveryMode.Push;

        // §5: a client is notified in the one mode that it is registered for.
        if (isPush == (notification.Kind == CibaNotificationKind.Ping))
        {
            return new(CibaNotificationAnswer.BadRequest, new(CibaClientErrorCodes.NotificationUnexpected, ErrorCategory.Protocol, "CIBA Core §5"));
        }

        if (!isPush)
        {
            Ping(entry);
            return CibaNotificationAnswer.Taken;
        }

        // §12: a pushed error ends the request, one that is not in the table as well.
        if (notification.Error is { } error)
        {
            return await KeepPushAsync(entry, error).ConfigureAwait(false);
        }

        try
        {
            var tokens = await entry.Lane.Client.AcceptPushAsync(entry.Authentication, notification, cancellationToken).ConfigureAwait(false);
            return tokens.Succeeded ? await KeepPushAsync(entry, tokens).ConfigureAwait(false)
                : tokens.Error.Code is OAuthErrorCodes.TemporarilyUnavailable or OAuthErrorCodes.ServerError ? new(CibaNotificationAnswer.Unavailable, tokens.Error)
                : new(CibaNotificationAnswer.BadRequest, tokens.Error);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException)
        {
            return new(CibaNotificationAnswer.Unavailable, new(CibaClientErrorCodes.KeysUnreachable, ErrorCategory.State, "OIDC Core §10.1.1"));
        }
    }

    private async Task<CibaNotificationAnswer> KeepPushAsync(PendingEntry entry, MedIdResult<CibaTokens> outcome)
    {
        if (entry.State.Outcome is null && !entry.IsClosed)
        {
            await DecideAsync(entry, outcome).ConfigureAwait(false);
            lock (_gate)
            {
                if (!entry.IsClosed)
                {
                    Enqueue(entry, entry.Stored.KeepUntil);
                }
            }

            Wake();
        }

        return CibaNotificationAnswer.Taken;
    }

    private void Ping(PendingEntry entry)
    {
        lock (_gate)
        {
            if (entry.IsClosed || entry.State.Outcome is not null || entry.Unsaved is not null)
            {
                return;
            }

            // While a poll is on its way the next one follows its answer; two never overlap.
            entry.IsPinged = true;
            if (!entry.IsBusy)
            {
                Enqueue(entry, _time.GetUtcNow());
            }
        }

        Wake();
    }

    /// <summary>No request of that id: it may have ended already, or its answer may still be on its way here.</summary>
    private async Task<CibaNotificationAnswer> TakeUnknownAsync(OpLane lane, string? authorization, string bearer, CibaNotification notification, CancellationToken cancellationToken)
    {
        var lookup = LookupOf(lane.Name, notification.AuthReqId);
        EarlyNotification? early;
        PendingEntry? entry;
        (string Token, DateTimeOffset Until) closed;
        lock (_gate)
        {
            entry = _byLookup.GetValueOrDefault(lookup);
            closed = _closed.GetValueOrDefault(lookup, (_nobody, DateTimeOffset.MinValue));
            early = lane.Starting.GetValueOrDefault(DigestOf(bearer));
            if (early is not null && entry is null && notification.Kind == CibaNotificationKind.Ping && lane.Client.DeliveryMode == TokenDeliveryMode.Ping)
            {
                // An OP may answer the request only after its ping was taken: the ping is remembered, and the request asks as soon as it is known.
                early.PingedId ??= notification.AuthReqId;
                return CibaNotificationAnswer.Taken;
            }
        }

        // An OP that did not get the answer to its notification sends it again: it was taken, and nothing happens.
        if (NotificationBearer.Matches(authorization, closed.Token) && closed.Until > _time.GetUtcNow())
        {
            return CibaNotificationAnswer.Taken;
        }

        if (entry is null && early is not null)
        {
            await ((Task)early.Known.Task).WaitAsync(Patience, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            entry = FindByAuthReqId(lane, notification.AuthReqId);
            if (entry is null && !early.Known.Task.IsCompleted)
            {
                return new(CibaNotificationAnswer.Unavailable, new(CibaClientErrorCodes.NotificationEarly, ErrorCategory.State, Section));
            }
        }

        // It may wait in the store, which nobody has looked into yet: the OP sends it again.
        if (entry is null && !_takenUp.Task.IsCompleted)
        {
            return new(CibaNotificationAnswer.Unavailable, new(CibaClientErrorCodes.NotificationEarly, ErrorCategory.State, Section));
        }

        return entry?.Authentication.IsNotifiedBy(authorization) == true
            ? await TakeAsync(entry, notification, cancellationToken).ConfigureAwait(false)
            : Unauthenticated();
    }

    private PendingEntry? FindByAuthReqId(OpLane lane, string authReqId)
    {
        lock (_gate)
        {
            return _byLookup.GetValueOrDefault(LookupOf(lane.Name, authReqId));
        }
    }

    private void RememberClosed(string lookup, string? token)
    {
        if (token is null)
        {
            return;
        }

        if (_closed.TryAdd(lookup, (token, _time.GetUtcNow() + ClosedMemory)))
        {
            _closedOrder.Enqueue(lookup);
        }

        while (_closedOrder.Count > MaxClosed)
        {
            _closed.Remove(_closedOrder.Dequeue());
        }
    }

    private static CibaNotificationAnswer Unauthenticated() =>
        new(CibaNotificationAnswer.Unauthorized, new(CibaClientErrorCodes.NotificationNotAuthenticated, ErrorCategory.Untrusted, Section));
}
