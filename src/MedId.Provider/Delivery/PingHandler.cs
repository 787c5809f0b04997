using MedId.Ciba.Server;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Tells a ping client that there is an answer (CIBA Core §10.2), also when the answer is no. Twice is harmless: the client asks at the token endpoint either way.</summary>
public sealed class PingHandler : IOutboxHandler
{
    private readonly ClientNotifications _notifications;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The requests.</param>
    /// <param name="clients">Where clients want to be told.</param>
    /// <param name="sender">Sends.</param>
    /// <param name="time">The clock.</param>
    public PingHandler(IProviderStore store, IClientStore clients, CibaNotificationSender sender, TimeProvider time) =>
        _notifications = new(store, clients, sender, time);

    /// <inheritdoc/>
    public string Kind => OutboxKinds.Ping;

    /// <inheritdoc/>
    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await _notifications.FindAsync(message, CibaDeliveryMode.Ping, "ping", cancellationToken).ConfigureAwait(false) is not { } to)
        {
            return await _notifications.NobodyAsync(message, cancellationToken).ConfigureAwait(false);
        }

        // A client may poll as well: who has its answer needs no ping.
        return to.Request.Status is CibaStatus.Approved or CibaStatus.Denied
            ? await _notifications.SendAsync(message, to, NotificationBody.Ping(to.AuthReqId), cancellationToken).ConfigureAwait(false)
            : OutboxOutcome.Done;
    }
}
