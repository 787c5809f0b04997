using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>What the stores decide beside <see cref="CibaRequest"/>'s transitions, as pure functions, so that every store decides alike.</summary>
internal static class StoreRules
{
    /// <summary>How long a ticket outlives its end, so that a late or second use hears why.</summary>
    public static readonly TimeSpan TicketRetention = TimeSpan.FromDays(1);

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
        return new(approval.At, narrowed ? "narrowed" : "given", null);
    }

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
