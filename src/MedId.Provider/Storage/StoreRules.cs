using System.Security.Cryptography;
using System.Text;
using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using ConsentChain = MedId.Consent.ConsentHistory;

namespace MedId.Provider;

/// <summary>What the stores decide beside <see cref="CibaRequest"/>'s transitions, as pure functions, so that every store decides alike.</summary>
internal static class StoreRules
{
    /// <summary>How long a ticket outlives its end, so that a late or second use hears why.</summary>
    public static readonly TimeSpan TicketRetention = TimeSpan.FromDays(1);

    /// <summary>The most records that one page of a list holds.</summary>
    public const int MaxPage = 1000;

    private const string LifeCycleSection = "MedId walk, life cycle of devices";

    public static void CheckPage(long from, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(from, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, MaxPage);
    }

    /// <summary>Whether a head ends in a stored entry.</summary>
    public static bool IsHeadOf(HistoryHead head, ReadOnlyMemory<byte> entry) =>
        ConsentChain.Parse((byte[])[.. entry.Span, (byte)'\n']) is { Succeeded: true, Value: [{ } last] } && ConsentChain.HeadAfter(last) == head;

    /// <summary>Judges a user code. Only a right code resets the count: after a lock one wrong code locks again.</summary>
    public static (UserCodeOutcome Outcome, int Wrong, DateTimeOffset LastWrongAt) JudgeUserCode(
        string? stored, string presented, int wrong, DateTimeOffset lastWrongAt, DateTimeOffset at)
    {
        if (wrong >= IAccountStore.UserCodeAttempts && at < lastWrongAt + IAccountStore.UserCodeLock)
        {
            return (UserCodeOutcome.Locked, wrong, lastWrongAt);
        }

        return stored is not null && SecretDigest.FixedTimeEquals(stored, presented)
            ? (UserCodeOutcome.Right, 0, default)
            : (UserCodeOutcome.Wrong, Math.Min(wrong + 1, IAccountStore.UserCodeAttempts), at);
    }

    public static TicketStatus StatusOf(EnrolmentTicket? ticket, bool used, DateTimeOffset at) => ticket switch
    {
        null => TicketStatus.Unknown,
        _ when used => TicketStatus.Used,
        _ when at >= ticket.ExpiresAt => TicketStatus.Expired,
        _ => TicketStatus.Open,
    };

    public static void CheckEnrolment(EnrolmentTicket ticket, Device device)
    {
        if (!string.Equals(ticket.AccountId, device.AccountId, StringComparison.Ordinal))
        {
            throw new ArgumentException("The device is of another account than the ticket.", nameof(device));
        }
    }

    /// <summary>Whether the person was checked well enough for another device: an account never becomes weaker by losing or dropping one.</summary>
    public static bool MayBind(EnrolmentTicket ticket, IEnumerable<Device> devices) =>
        (ticket.Proofing?.Level ?? ProofingLevel.Unstated) >= RecoveryLevel(devices);

    public static ProofingLevel RecoveryLevel(IEnumerable<Device> devices) => devices.Select(device => device.RecoveryLevel).DefaultIfEmpty(ProofingLevel.Unstated).Max();

    /// <summary>Decides a change by the table, and by what the table cannot know: that somebody's last device goes.</summary>
    public static MedIdResult<DeviceState> Decide(DeviceChange change, IReadOnlyCollection<Device> devices)
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change.Ticket is { } ticket && (ticket.Tenant != change.Tenant || ticket.AccountId != change.AccountId))
        {
            throw new ArgumentException("The ticket is of another account than the device.", nameof(change));
        }

        if (devices.FirstOrDefault(device => device.Id == change.DeviceId) is not { } device)
        {
            return new MedIdError(ProviderErrorCodes.DeviceUnknown, ErrorCategory.State, LifeCycleSection);
        }

        var decided = DeviceTransitions.Decide(device.StateAt(change.At), change.Event);
        return decided.Succeeded && change is { Event: DeviceEvent.Revoke, LeavesNone: false, Ticket: null }
            && !devices.Any(other => other.Id != change.DeviceId && other.MayActAt(change.At))
            ? new MedIdError(ProviderErrorCodes.LastDevice, ErrorCategory.State, LifeCycleSection, "say that none shall be left, or have a ticket issued in the same step")
            : decided;
    }

    /// <summary>How a consent names the key of its act: a digest of the key id, of UAF its bytes, of a card its text.</summary>
    public static string KeyIdDigest(Device device) => StrictBase64Url.Encode(SHA256.HashData(
        device.Protocol != CardDevice.Protocol && StrictBase64Url.Decode(device.KeyId, 2048) is { Succeeded: true } id ? id.Value : Encoding.ASCII.GetBytes(device.KeyId)));

    public static MedIdError UnknownAccount() => new(ProviderErrorCodes.AccountUnknown, ErrorCategory.State, LifeCycleSection);

    public static LifeCycleEntry Line(Device device, string happened, DeviceState? from, DeviceState to, LifeCycleActor actor, DateTimeOffset at) => new()
    {
        At = at,
        AccountId = device.AccountId,
        DeviceId = device.Id,
        Event = happened,
        From = from?.ToString(),
        To = to.ToString(),
        Actor = actor,
    };

    /// <summary>The line of an event. What ends a device found it in its stored state; every other event finds its end come or not come.</summary>
    public static LifeCycleEntry Line(Device device, DeviceEvent happened, DeviceState to, LifeCycleActor actor, DateTimeOffset at) =>
        Line(device, happened.ToString(), happened == DeviceEvent.Expire ? device.State : device.StateAt(at), to, actor, at);

    /// <summary>The line of an enrolment: by the clerk who gave the ticket, where one did.</summary>
    public static LifeCycleEntry FirstLine(Device device, DateTimeOffset at) =>
        Line(device, LifeCycleEntry.Enrolled, from: null, device.State, device.Proofing is { ClerkId: { } clerk, InstitutionId: { } institution } ? LifeCycleActor.Clerk(clerk, institution) : LifeCycleActor.Person(device.Id), at)
            with
        { Proofing = device.Proofing };

    public static LifeCycleEntry Line(AccountChange change, AccountStatus from, AccountStatus to) => new()
    {
        At = change.At,
        AccountId = change.AccountId,
        Event = change.Event.ToString(),
        From = from.ToString(),
        To = to.ToString(),
        Actor = change.Actor,
    };

    /// <summary>Whether a push address is the one that failed.</summary>
    public static bool MayClear(Device device, string pushAddress) => pushAddress.Length > 0 && string.Equals(device.PushAddress, pushAddress, StringComparison.Ordinal);

    /// <summary>A counter moves on from the judged value, never back.</summary>
    public static bool MayAdvance(long stored, long expected, long next) => stored == expected && next >= expected;

    public static void CheckApproval(Approval approval)
    {
        ArgumentNullException.ThrowIfNull(approval);
        var (grant, consent) = (approval.Grant, approval.Consent);
        if (grant.Tenant != consent.Tenant || grant.Subject != consent.Subject || grant.Id != consent.Id || grant.ConsentId != consent.Id)
        {
            throw new ArgumentException("Grant and consent are not of one approval.", nameof(approval));
        }

        if ((approval.Device is null) != (consent.Ground is not null))
        {
            throw new ArgumentException("A consent rests on the act of a device or on a ground, and on one of them.", nameof(approval));
        }

        if (consent.Proxy is not null && approval.Device is null)
        {
            throw new ArgumentException("A proxy consents by a device of their own.", nameof(approval));
        }

        if (consent.Proxy is null && approval.Device is { } own && !string.Equals(own.AccountId, consent.Subject, StringComparison.Ordinal))
        {
            throw new ArgumentException("Without a proxy the device is the person's own.", nameof(approval));
        }

        if (consent.ScopesGranted.Except(consent.ScopesShown, StringComparer.Ordinal).Any())
        {
            throw new ArgumentException("The consent grants what was not shown.", nameof(approval));
        }
    }

    /// <summary>Whatever the screens did: no token opens more than the client asked for.</summary>
    public static void CheckScopes(CibaRequest request, Approval approval)
    {
        if (approval.Grant.Scopes.Except(request.Scopes, StringComparer.Ordinal).Any())
        {
            throw new ArgumentException("The grant holds scopes that were not asked for.", nameof(approval));
        }
    }

    /// <summary>The first line of a consent's history.</summary>
    public static ConsentEvent FirstLine(Approval approval)
    {
        var narrowed = approval.Consent.ScopesShown.Except(approval.Consent.ScopesGranted, StringComparer.Ordinal).Any();

        // In an emergency nobody agreed: the line names who opened the record.
        var opener = approval.Consent.Ground is { Kind: ConsentGroundKind.BreakGlass } ? approval.Consent.Recipient.ClientId : null;
        return new(approval.At, narrowed ? "narrowed" : "given", approval.Consent.Proxy?.Subject ?? opener);
    }

    /// <summary>The history line of a read.</summary>
    public const string ReadLine = "read";

    /// <summary>Whether two reads are one line.</summary>
    public static bool IsOneRead(DateTimeOffset last, DateTimeOffset at, TimeSpan apart) => at - last < apart;

    public static ConsentMark MarkOf(ConsentRecord consent) => new(consent.Reuse ?? ConsentReuse.EachTime, consent.Notice.RecipientVersion);

    public static void CheckFirstRefreshToken(RefreshTokenRecord? token, CibaRequest redeemed)
    {
        if (token is not null && (token.Tenant != redeemed.Tenant || token.Grant.Id != redeemed.Grant!.Id))
        {
            throw new ArgumentException("The refresh token is of another grant than the request.", nameof(token));
        }
    }

    /// <summary>Judges a presented refresh token; a token past its end is unknown, also when it had been rotated.</summary>
    public static RefreshOutcome JudgeRefresh(RefreshTokenRecord? presented, bool rotated, string clientId, DateTimeOffset at)
    {
        if (presented is null || !string.Equals(presented.Grant.ClientId, clientId, StringComparison.Ordinal) || at >= presented.ExpiresAt)
        {
            return RefreshOutcome.Unknown;
        }

        return rotated ? RefreshOutcome.Reused : RefreshOutcome.Rotated;
    }

    /// <summary>The next token stays in its family and grant; scopes may become fewer, never more (RFC 6749 §6).</summary>
    public static void CheckNextRefreshToken(RefreshTokenRecord presented, RefreshTokenRecord next)
    {
        if (next.Tenant != presented.Tenant || next.Family != presented.Family || next.Grant.Id != presented.Grant.Id
            || next.Grant.Scopes.Except(presented.Grant.Scopes, StringComparer.Ordinal).Any())
        {
            throw new ArgumentException("The next refresh token is not of the presented one's family, or widens it.", nameof(next));
        }
    }
}
