using System.Text.Json.Serialization;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>A backchannel authentication request as stored, with its transitions as pure functions, so that every store decides alike.</summary>
/// <remarks>
/// A store loads a request, applies one transition and writes the result, all in one transaction. Order of judgement at the token endpoint (CIBA §10.1, §11): client,
/// used, expired, continual fast polling, denied, pace, pending, approved. Records are kept past their end (<see cref="Retention"/>) so that a late poll hears
/// <c>expired_token</c>, not <c>invalid_grant</c>.
/// </remarks>
public sealed record CibaRequest
{
    /// <summary>What slow_down adds to the interval, for good (CIBA §11).</summary>
    public static readonly TimeSpan SlowDownIncrement = TimeSpan.FromSeconds(5);

    /// <summary>How many polls may come too fast before this <c>auth_req_id</c> is answered <c>invalid_request</c> for good (CIBA §11): each was told to slow down.</summary>
    public const int MaxFastPolls = 10;

    /// <summary>How long a record outlives its end.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromMinutes(10);

    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The opaque id that goes to the device; not the <c>auth_req_id</c>. 256 random bits, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>Labelled SHA-256 of the <c>auth_req_id</c>, base64url.</summary>
    public required string AuthReqIdDigest { get; init; }

    /// <summary>The client that asked.</summary>
    public required string ClientId { get; init; }

    /// <summary>The account that the hint resolved to.</summary>
    public required string Subject { get; init; }

    /// <summary>The scopes asked for, <c>openid</c> included, in the RP's order.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The resource asked for (RFC 8707).</summary>
    public string? Resource { get; init; }

    /// <summary>The acr_values, in order of preference; empty when absent.</summary>
    public required IReadOnlyList<string> AcrValues { get; init; }

    /// <summary>The binding message; shown on both devices.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>When it was acknowledged.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Its end, as <c>expires_in</c> told the client.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The polling interval in force.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>The earliest moment at which a poll is not too fast. At first the moment of the acknowledgement: a first poll at once is not punished.</summary>
    public required DateTimeOffset NextPollAt { get; init; }

    /// <summary>How the client gets the tokens.</summary>
    public CibaDeliveryMode DeliveryMode { get; init; }

    /// <summary>The <c>client_notification_token</c> by which this server shows the client who it is (CIBA Core §7.1); null for poll. Secret: stores encrypt it.</summary>
    public string? NotificationToken { get; init; }

    /// <summary>The <c>auth_req_id</c> itself, which a notification names; null for poll, where the digest is enough. Secret: stores encrypt it.</summary>
    public string? AuthReqId { get; init; }

    /// <summary>The interval that the acknowledgement told; null in a record of an earlier version, whose polls are not counted.</summary>
    public TimeSpan? FirstInterval { get; init; }

    /// <summary>How many polls came too fast while nobody had decided (<see cref="MaxFastPolls"/>): each lengthened the interval, which tells how many there were.</summary>
    [JsonIgnore]
    public int FastPolls => FirstInterval is { } first ? (int)((Interval - first) / SlowDownIncrement) : 0;

    /// <summary>The <c>authorization_details</c> asked for (RFC 9396), as JSON; null when absent. Personal: stores encrypt it.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary>The stored state.</summary>
    public CibaStatus Status { get; init; }

    /// <summary>The grant, from approval on.</summary>
    public Grant? Grant { get; init; }

    /// <summary>What the OP keeps beside the request (the notice and what it was made from), as JSON. Personal: stores encrypt it.</summary>
    public string? Context { get; init; }

    /// <summary>Judges a poll of the token endpoint and records it. Does not redeem.</summary>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="at">Now.</param>
    /// <returns>The outcome and the request as it must be stored.</returns>
    public CibaPoll Poll(string clientId, DateTimeOffset at)
    {
        if (!string.Equals(clientId, ClientId, StringComparison.Ordinal))
        {
            return new(CibaPollOutcome.Unknown, this);
        }

        if (Status == CibaStatus.Redeemed)
        {
            return new(CibaPollOutcome.Used, this);
        }

        if (at >= ExpiresAt)
        {
            return new(CibaPollOutcome.Expired, this);
        }

        // §11: the client went on after so many slow_down answers; whatever is decided, it does not get it by asking.
        if (FastPolls > MaxFastPolls)
        {
            return new(CibaPollOutcome.PolledTooOften, this);
        }

        // A decided request is never answered slow_down: the client asked for the last time.
        switch (Status)
        {
            case CibaStatus.Denied:
                return new(CibaPollOutcome.Denied, this);
            case CibaStatus.Approved:
                return new(CibaPollOutcome.Approved, this);
        }

        if (at < NextPollAt)
        {
            var slower = Interval + SlowDownIncrement;
            return new(
                FastPolls < MaxFastPolls ? CibaPollOutcome.SlowDown : CibaPollOutcome.PolledTooOften,
                this with { Interval = slower, NextPollAt = at + slower });
        }

        return new(CibaPollOutcome.Pending, this with { NextPollAt = at + Interval });
    }

    /// <summary>Approves a pending, unexpired request.</summary>
    /// <param name="grant">What was allowed; must name this request's client and subject.</param>
    /// <param name="at">Now.</param>
    /// <returns>The approved request, or null when it is decided or expired already.</returns>
    /// <exception cref="ArgumentException">The grant is of another client, subject or tenant.</exception>
    public CibaRequest? Approve(Grant grant, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(grant);
        if (grant.ClientId != ClientId || grant.Subject != Subject || grant.Tenant != Tenant)
        {
            throw new ArgumentException("The grant is not of this request.", nameof(grant));
        }

        return Status == CibaStatus.Pending && at < ExpiresAt ? this with { Status = CibaStatus.Approved, Grant = grant } : null;
    }

    /// <summary>Denies a pending, unexpired request.</summary>
    /// <param name="at">Now.</param>
    /// <returns>The denied request, or null when it is decided or expired already.</returns>
    public CibaRequest? Deny(DateTimeOffset at) => Status == CibaStatus.Pending && at < ExpiresAt ? this with { Status = CibaStatus.Denied } : null;

    /// <summary>Cancels a request that has not been redeemed: its person was suspended, or took back the consent before the tokens were fetched.</summary>
    /// <returns>The denied request without a grant, or null when there is nothing to cancel.</returns>
    public CibaRequest? Cancel() => Status is CibaStatus.Pending or CibaStatus.Approved ? this with { Status = CibaStatus.Denied, Grant = null } : null;

    /// <summary>Redeems an approved, unexpired request: the single step after which no other token set can come.</summary>
    /// <param name="at">Now.</param>
    /// <returns>The redeemed request, or null when another caller was first, or it is not approved, or it expired.</returns>
    public CibaRequest? Redeem(DateTimeOffset at) => Status == CibaStatus.Approved && at < ExpiresAt ? this with { Status = CibaStatus.Redeemed } : null;

    /// <summary>The id, the client and the state; nothing of the person, the notice or the messages.</summary>
    public override string ToString() => $"request {Id} of {ClientId}, {Status}";
}
