using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>Sends a push client its tokens, or why there are none (CIBA Core §10.3, §12), until it took them or the request ends.</summary>
/// <remarks>
/// One set of tokens for a request, whatever dies in between. First the tokens are made and stored with the message, under the lease: of two workers one can. Then the request is redeemed with the refresh token
/// that was stored, then they are sent. Who comes later finds the same tokens, and sends the same. Tokens that could not be stored never leave.
/// </remarks>
public sealed class PushHandler : IOutboxHandler
{
    private readonly IProviderStore _store;
    private readonly IGrantStatus _status;
    private readonly TokenMinter _minter;
    private readonly OAuthServerOptions _server;
    private readonly ClientNotifications _notifications;

    /// <summary>Makes the handler.</summary>
    /// <param name="store">The requests.</param>
    /// <param name="clients">Where clients want to be told.</param>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="minter">Makes tokens.</param>
    /// <param name="server">How long an ID token lives.</param>
    /// <param name="sender">Sends.</param>
    /// <param name="time">The clock.</param>
    public PushHandler(
        IProviderStore store, IClientStore clients, IGrantStatus status, TokenMinter minter, OAuthServerOptions server, CibaNotificationSender sender, TimeProvider time)
    {
        _store = store;
        _status = status;
        _minter = minter;
        _server = server;
        _notifications = new(store, clients, sender, time);
    }

    /// <inheritdoc/>
    public string Kind => OutboxKinds.Push;

    /// <inheritdoc/>
    public async ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (await _notifications.FindAsync(message, CibaDeliveryMode.Push, "push", cancellationToken).ConfigureAwait(false) is not { } to)
        {
            return await _notifications.NobodyAsync(message, cancellationToken).ConfigureAwait(false);
        }

        if (MessageRules.IsEnd(message))
        {
            // Sent at the request's end; what was decided has a message of its own.
            return to.Request.Status == CibaStatus.Pending
                ? await FailAsync(message, to, OAuthErrorNames.ExpiredToken, CibaErrorCodes.AuthReqIdExpired, cancellationToken).ConfigureAwait(false)
                : OutboxOutcome.Done;
        }

        return to.Request switch
        {
            { Status: CibaStatus.Denied } => await DenyAsync(message, to, cancellationToken).ConfigureAwait(false),
            { Status: CibaStatus.Approved or CibaStatus.Redeemed, Grant: { } grant } => message.Body is { } body
                ? await PushAsync(message, to, grant, JsonSerializer.Deserialize(body, RecordJson.Context.PreparedPush)!, cancellationToken).ConfigureAwait(false)
                : await PrepareAsync(message, to, grant, cancellationToken).ConfigureAwait(false),
            _ => OutboxOutcome.Done,
        };
    }

    private async ValueTask<OutboxOutcome> PrepareAsync(OutboxMessage message, NotifiedRequest to, Grant grant, CancellationToken cancellationToken)
    {
        var now = _notifications.Now;
        if (to.Request.Status == CibaStatus.Redeemed)
        {
            // The tokens were made by somebody who kept them elsewhere: there is no second set.
            return OutboxOutcome.GiveUp(CibaErrorCodes.AuthReqIdUsed);
        }

        if (await _status.RefuseAsync(grant, GrantUse.Redeem, now, "CIBA Core §10.3", cancellationToken).ConfigureAwait(false) is not null)
        {
            return await DenyAsync(message, to, cancellationToken).ConfigureAwait(false);
        }

        var tokens = await _minter.IssueAsync(new() { Grant = grant, Client = to.Client, AuthReqId = to.AuthReqId }, cancellationToken).ConfigureAwait(false);
        if (!tokens.Succeeded)
        {
            return await RefuseAsync(message, to, tokens.Error, cancellationToken).ConfigureAwait(false);
        }

        var lives = tokens.Value.ExpiresIn < _server.IdTokenLifetime ? tokens.Value.ExpiresIn : _server.IdTokenLifetime;
        return OutboxOutcome.Again(now, JsonSerializer.Serialize(new() { Tokens = tokens.Value, MadeAt = now, EndsAt = now + lives }, RecordJson.Context.PreparedPush));
    }

    private async ValueTask<OutboxOutcome> PushAsync(OutboxMessage message, NotifiedRequest to, Grant grant, PreparedPush push, CancellationToken cancellationToken)
    {
        var now = _notifications.Now;
        if (now >= push.EndsAt)
        {
            return OutboxOutcome.GiveUp(CibaErrorCodes.NotificationTooLate);
        }

        // An operator may have stopped the issue of tokens, or narrowed the registration, since they were made.
        if (await _minter.RefuseAsync(new() { Grant = grant, Client = to.Client, AuthReqId = to.AuthReqId }, cancellationToken).ConfigureAwait(false) is { } stopped)
        {
            return await RefuseAsync(message, to, stopped, cancellationToken).ConfigureAwait(false);
        }

        // Redeemed before is redeemed with these very tokens: nobody else can redeem what is pushed.
        if (to.Request.Status == CibaStatus.Approved
            && !await _store.TryRedeemRequestAsync(message.Tenant, message.Subject, push.Tokens.RefreshRecord, now, cancellationToken).ConfigureAwait(false)
            && await _store.FindRequestAsync(message.Tenant, message.Subject, cancellationToken).ConfigureAwait(false) is not { Status: CibaStatus.Redeemed })
        {
            return await DenyAsync(message, to, cancellationToken).ConfigureAwait(false);
        }

        // The consent may have been withdrawn while the client could not be reached.
        return await _status.RefuseAsync(grant, GrantUse.Redeem, now, "CIBA Core §10.3", cancellationToken).ConfigureAwait(false) is null
            ? await _notifications.SendAsync(
                message, to, NotificationBody.Push(to.AuthReqId, push.Tokens with { ExpiresIn = push.Tokens.ExpiresIn - WholeSeconds(now - push.MadeAt) }), cancellationToken).ConfigureAwait(false)
            : await DenyAsync(message, to, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What is only stopped is pushed when it is let go, as long as the request lives: what the person agreed to is not lost by it.</summary>
    private async ValueTask<OutboxOutcome> RefuseAsync(OutboxMessage message, NotifiedRequest to, MedIdError error, CancellationToken cancellationToken) =>
        error.Code is OAuthServerErrorCodes.IssueStopped or OAuthServerErrorCodes.SigningKeyMissing && _notifications.Later(message) is { } later
            ? later
            : await FailAsync(message, to, OAuthErrorNames.TransactionFailed, error.Code, cancellationToken).ConfigureAwait(false);

    private static TimeSpan WholeSeconds(TimeSpan span) => TimeSpan.FromSeconds(Math.Ceiling(span.TotalSeconds));

    private ValueTask<OutboxOutcome> DenyAsync(OutboxMessage message, NotifiedRequest to, CancellationToken cancellationToken) =>
        FailAsync(message, to, OAuthErrorNames.AccessDenied, CibaErrorCodes.Denied, cancellationToken);

    private ValueTask<OutboxOutcome> FailAsync(OutboxMessage message, NotifiedRequest to, string error, string code, CancellationToken cancellationToken) =>
        _notifications.SendAsync(message, to, NotificationBody.PushError(to.AuthReqId, error, code), cancellationToken);
}
