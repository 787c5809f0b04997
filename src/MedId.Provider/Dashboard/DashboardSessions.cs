using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// From an app or a passkey page to a page in a browser without script: a ticket that works once, a short session, and form tokens bound to it (ADR 0037).
/// </summary>
/// <remarks>
/// Tickets and sessions are device tokens for a use of their own, kept as digests: they end when the device that signed in may act no more. A session opens this page and is no bearer token.
/// </remarks>
public sealed class DashboardSessions
{
    /// <summary>How long a ticket waits to be used.</summary>
    public static readonly TimeSpan TicketLifetime = TimeSpan.FromMinutes(1);

    private const string Section = "MedId walk, dashboard";

    // What such a token opens. No request has such an id: requests have 32 random bytes in base64url.
    private const string TicketUse = "dashboard ticket";
    private const string SessionUse = "dashboard session";
    private readonly IProviderStore _store;
    private readonly ProviderOptions _options;
    private readonly TimeProvider _time;
    private readonly DeviceAccess _access;

    /// <summary>Makes the service.</summary>
    /// <param name="store">The store.</param>
    /// <param name="options">The OP's choices.</param>
    /// <param name="time">The clock.</param>
    public DashboardSessions(IProviderStore store, ProviderOptions options, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_store, _options, _time) = (store, options, time);
        _access = new(store, options, time);
    }

    /// <summary>Makes a ticket for whoever holds the device.</summary>
    /// <param name="deviceToken">The token from the sign-in act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The ticket; it outlives neither a minute nor the device token.</returns>
    public async ValueTask<MedIdResult<DashboardTicket>> IssueTicketAsync(string? deviceToken, CancellationToken cancellationToken = default)
    {
        var signedIn = await _access.JudgeTokenAsync(deviceToken, requestId: null, cancellationToken).ConfigureAwait(false);
        if (!signedIn.Succeeded)
        {
            return signedIn.Error;
        }

        var end = _time.GetUtcNow() + TicketLifetime;
        end = end < signedIn.Value.ExpiresAt ? end : signedIn.Value.ExpiresAt;
        return new DashboardTicket(await KeepAsync(signedIn.Value, TicketUse, end, cancellationToken).ConfigureAwait(false), end);
    }

    /// <summary>Takes a ticket and opens a session. Of many who bring the same ticket one gets a session.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The session; refused when the ticket is unknown, past its end or used.</returns>
    public async ValueTask<MedIdResult<DashboardSession>> OpenAsync(string? ticket, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(ticket, TicketUse, cancellationToken).ConfigureAwait(false) is not { } found)
        {
            return Refuse(ProviderErrorCodes.DashboardTicketUnknown, ErrorCategory.Untrusted);
        }

        if (!await _store.TryConsumeAsync(_options.Tenant, new(TicketUse, found.Digest, found.ExpiresAt), cancellationToken).ConfigureAwait(false))
        {
            return Refuse(ProviderErrorCodes.DashboardTicketReplayed, ErrorCategory.State);
        }

        var account = await _store.FindAccountAsync(_options.Tenant, found.AccountId, cancellationToken).ConfigureAwait(false);
        if (account is not { Status: AccountStatus.Active })
        {
            return Refuse(ProviderErrorCodes.AccountSuspended, ErrorCategory.State);
        }

        var end = _time.GetUtcNow() + _options.DeviceTokenLifetime;
        return new DashboardSession(await KeepAsync(found, SessionUse, end, cancellationToken).ConfigureAwait(false), end);
    }

    /// <summary>Whose session it is.</summary>
    /// <param name="session">What the cookie holds.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The person; refused when the session is unknown, past its end or signed out, or its device may act no more.</returns>
    public async ValueTask<MedIdResult<DashboardPerson>> EnterAsync(string? session, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(session, SessionUse, cancellationToken).ConfigureAwait(false) is not { } found
            || await _store.IsTokenRevokedAsync(_options.Tenant, found.Digest, cancellationToken).ConfigureAwait(false))
        {
            return Refuse(ProviderErrorCodes.DashboardSessionRefused, ErrorCategory.Untrusted);
        }

        var account = await _store.FindAccountAsync(_options.Tenant, found.AccountId, cancellationToken).ConfigureAwait(false);
        return account is { Status: AccountStatus.Active }
            ? new DashboardPerson(account, found)
            : Refuse(ProviderErrorCodes.AccountSuspended, ErrorCategory.State);
    }

    /// <summary>Signs out: from now on the session opens nothing.</summary>
    /// <param name="session">What the cookie holds; one that is none changes nothing.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    public async ValueTask EndAsync(string? session, CancellationToken cancellationToken = default)
    {
        if (await FindAsync(session, SessionUse, cancellationToken).ConfigureAwait(false) is { } found)
        {
            await _store.RevokeTokenAsync(_options.Tenant, found.Digest, found.ExpiresAt, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The token that a form of this session carries against forged requests. It tells nothing of the session, and holds for one act only.</summary>
    /// <param name="session">What the cookie holds.</param>
    /// <param name="act">What the form does, with what it does it to.</param>
    /// <returns>43 characters.</returns>
    public static string FormToken(string session, string act)
    {
        ArgumentException.ThrowIfNullOrEmpty(session);
        ArgumentException.ThrowIfNullOrEmpty(act);
        return StrictBase64Url.Encode(HMACSHA256.HashData(Encoding.UTF8.GetBytes(session), Encoding.UTF8.GetBytes("MedId dashboard form v1\n" + act)));
    }

    /// <summary>Judges the token of a form that came.</summary>
    /// <param name="session">What the cookie holds.</param>
    /// <param name="act">What the form does, with what it does it to.</param>
    /// <param name="formToken">What the form carries.</param>
    /// <returns>Success, or the refusal.</returns>
    public static MedIdResult<Unit> CheckForm(string session, string act, string? formToken) =>
        formToken is not null && SecretDigest.FixedTimeEquals(FormToken(session, act), formToken)
            ? Unit.Value
            : Refuse(ProviderErrorCodes.DashboardFormRefused, ErrorCategory.Untrusted);

    private static MedIdError Refuse(string code, ErrorCategory category) => new(code, category, Section);

    private async ValueTask<DeviceToken?> FindAsync(string? secret, string use, CancellationToken cancellationToken)
    {
        var found = secret is { Length: > 0 and <= 128 }
            ? await _store.FindDeviceTokenAsync(_options.Tenant, SecretDigest.Compute(use, secret), _time.GetUtcNow(), cancellationToken).ConfigureAwait(false)
            : null;
        return string.Equals(found?.RequestId, use, StringComparison.Ordinal) ? found : null;
    }

    private async ValueTask<string> KeepAsync(DeviceToken of, string use, DateTimeOffset end, CancellationToken cancellationToken)
    {
        var secret = SecretGenerator.Base64Url();
        await _store.AddDeviceTokenAsync(of with { Digest = SecretDigest.Compute(use, secret), RequestId = use, ExpiresAt = end }, cancellationToken).ConfigureAwait(false);
        return secret;
    }
}
