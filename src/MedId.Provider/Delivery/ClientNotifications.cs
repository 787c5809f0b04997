using System.Security.Cryptography;
using MedId.Ciba.Server;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>What pings and pushes have in common: whom to tell, and when to try again.</summary>
internal sealed class ClientNotifications(IProviderStore store, IClientStore clients, CibaNotificationSender sender, TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    // What is decided without asking anybody is decided before the client has its auth_req_id.
    private static readonly TimeSpan AfterAcknowledgement = TimeSpan.FromMilliseconds(300);

    private readonly ClientPauses _pauses = new(time);

    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>The request and where its client wants to be told; null when there is nobody to tell any more.</summary>
    public async ValueTask<NotifiedRequest?> FindAsync(OutboxMessage message, CibaDeliveryMode mode, string name, CancellationToken cancellationToken)
    {
        var request = await store.FindRequestAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false);
        if (request is not { AuthReqId: { } authReqId, NotificationToken: { } token } || request.DeliveryMode != mode)
        {
            return null;
        }

        // As registered now: a client that changed its mode or went away is not told by the old way.
        var client = await clients.FindClientAsync(message.Tenant, request.ClientId, cancellationToken).ConfigureAwait(false);
        return client?.Metadata.BackchannelTokenDeliveryMode == name && client.Metadata.BackchannelClientNotificationEndpoint is { } endpoint
            ? new(request, client, endpoint, token, authReqId)
            : null;
    }

    /// <summary>
    /// What becomes of a message that nobody is told: a client that is unknown may only be suspended or stopped, and is looked for again as long as its request lives; one that is answered otherwise by now is not.
    /// </summary>
    public async ValueTask<OutboxOutcome> NobodyAsync(OutboxMessage message, CancellationToken cancellationToken)
    {
        var request = await store.FindRequestAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false);
        return request is not null && await clients.FindClientAsync(message.Tenant, request.ClientId, cancellationToken).ConfigureAwait(false) is null && Later(message) is { } later
            ? later
            : OutboxOutcome.GiveUp(CibaErrorCodes.ClientNotRegistered);
    }

    /// <summary>Sends once and says what becomes of the message.</summary>
    public async ValueTask<OutboxOutcome> SendAsync(OutboxMessage message, NotifiedRequest to, byte[] json, CancellationToken cancellationToken)
    {
        var known = to.Request.CreatedAt + AfterAcknowledgement;
        if (Now < known)
        {
            return OutboxOutcome.Again(known, message.Body);
        }

        if (_pauses.Until(to.Client.ClientId) is { } until)
        {
            return until < message.ExpiresAt ? OutboxOutcome.Again(until + ((until - Now) * Spread()), message.Body) : OutboxOutcome.GiveUp(CibaErrorCodes.NotificationUnreachable);
        }

        var began = time.GetTimestamp();
        var result = await sender.SendAsync(to.Endpoint, to.Token, json, cancellationToken).ConfigureAwait(false);
        _pauses.Sent(to.Client.ClientId, time.GetElapsedTime(began), result.Outcome == NotificationOutcome.Again, result.RetryAfter);
        if (result.Outcome == NotificationOutcome.Delivered)
        {
            return OutboxOutcome.Done;
        }

        var due = Now + Wait(message.Attempts, result.RetryAfter);
        return result.Outcome == NotificationOutcome.Again && due < message.ExpiresAt ? OutboxOutcome.Again(due, message.Body) : OutboxOutcome.GiveUp(result.Code!);
    }

    /// <summary>Another attempt while there is time for one; null when there is none.</summary>
    public OutboxOutcome? Later(OutboxMessage message)
    {
        var due = Now + Wait(message.Attempts, null);
        return due < message.ExpiresAt ? OutboxOutcome.Again(due, message.Body) : null;
    }

    /// <summary>From nothing to a fifth, so that those who waited for a client do not come back together.</summary>
    private static double Spread() => RandomNumberGenerator.GetInt32(0, 21) / 100.0;

    /// <summary>1, 2, 4 … 60 seconds, a fifth more or less so that many do not come back together; what the client asked for when that is longer.</summary>
    private static TimeSpan Wait(int attempts, TimeSpan? retryAfter)
    {
        var doubled = TimeSpan.FromSeconds(1L << Math.Clamp(attempts - 1, 0, 6));
        var wait = (doubled < Longest ? doubled : Longest) * (RandomNumberGenerator.GetInt32(80, 121) / 100.0);
        return retryAfter > wait ? retryAfter.Value : wait;
    }
}
