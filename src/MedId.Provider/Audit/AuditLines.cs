using MedId.Ciba.Server;
using MedId.Consent;
using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>From the arguments of a decisive verb to its audit line, as pure functions, so that every store writes alike.</summary>
internal static class AuditLines
{
    public static AuditLine Opened(CibaRequest request)
    {
        var actor = AuditedContext.Of(request.Context).Actor;
        return new()
        {
            Event = AuditEventKind.RequestOpened,
            At = request.CreatedAt,
            Agents = Agents(AuditAgent.Client(request.ClientId), actor?.Agent),
            Subject = request.Subject,
            RequestId = request.Id,
            Resource = request.Resource,
            Scopes = request.Scopes,
            Purpose = actor?.Purpose,
        };
    }

    public static AuditLine Denied(CibaRequest request, DateTimeOffset at)
    {
        var line = Opened(request);
        return line with { Event = AuditEventKind.ConsentDenied, At = at, Agents = [AuditAgent.Person(request.Subject), .. line.Agents] };
    }

    /// <summary>An approval: a consent, or an emergency without one. Who began it is who consented: the person, their proxy, or the client where the ground was laid before.</summary>
    public static AuditLine Approved(Approval approval)
    {
        var (consent, grant) = (approval.Consent, approval.Grant);
        var line = Of(consent.Ground?.Kind == ConsentGroundKind.BreakGlass ? AuditEventKind.BreakGlassUsed : AuditEventKind.ConsentGiven, grant, approval.At);
        AuditAgent[] consenters = consent switch
        {
            { Proxy: { } proxy } => [AuditAgent.Proxy(proxy.Subject)],
            { Ground: not null } => [],
            _ => [AuditAgent.Person(consent.Subject)],
        };
        return line with
        {
            Agents = [.. consenters, .. line.Agents],
            RequestId = approval.RequestId,
            ObjectId = consent.Ground?.StandingConsentId ?? consent.Proxy?.RelationId ?? (approval.Device is { } use ? Device.IdOf(use.Model, use.KeyId) : null),
            Scopes = consent.ScopesGranted,
            Purpose = string.Equals(consent.Purpose.System, NoticeFactory.ActReason, StringComparison.Ordinal) ? consent.Purpose.Code : line.Purpose,
            Reason = consent.Ground is { } ground ? AuditReasons.Word(ground.Kind.ToString()) : null,
        };
    }

    /// <summary>The use of a one-time code, beside the line of the consent that was made from it.</summary>
    public static AuditLine CodeUsed(Approval approval) => Approved(approval) with { Event = AuditEventKind.CodeUsed };

    /// <summary>A consent given beforehand, or a code made: by the person, or taken down by a clerk.</summary>
    public static AuditLine StandingGiven(StandingConsent consent) => new()
    {
        Event = consent.Kind == StandingConsentKind.OneTimeCode ? AuditEventKind.CodeMade : AuditEventKind.StandingConsentGiven,
        At = consent.GivenAt,
        Agents = consent.Witness is { } witness ? [AuditAgent.Clerk(witness.ClerkId, witness.InstitutionId), AuditAgent.Person(consent.Subject)] : [AuditAgent.Person(consent.Subject)],
        Subject = consent.Subject,
        ConsentId = consent.Id,
        ObjectId = consent.DeviceId,
        Resource = consent.Resource,
        Scopes = consent.Scopes,
        Reason = AuditReasons.Word(consent.Kind.ToString()),
    };

    public static AuditLine StandingWithdrawn(StandingConsent consent, DateTimeOffset at) => new()
    {
        Event = AuditEventKind.StandingConsentWithdrawn,
        At = at,
        Agents = [AuditAgent.Person(consent.Subject)],
        Subject = consent.Subject,
        ConsentId = consent.Id,
        Resource = consent.Resource,
        Reason = AuditReasons.Word(consent.Kind.ToString()),
    };

    /// <summary>The line of a consent's history that tells somebody, as the trail keeps it; null for other lines.</summary>
    public static AuditLine? Told(string consentId, string subject, ConsentEvent line) => HistoryRules.KindOf(line.Kind) != ConsentEventKind.Told ? null : new()
    {
        Event = AuditEventKind.PersonTold,
        At = line.At,
        Agents = [AuditAgent.Op],
        Subject = subject,
        ConsentId = consentId,
    };

    public static AuditLine TicketIssued(EnrolmentTicket ticket, DateTimeOffset at) => new()
    {
        Event = AuditEventKind.DeskAct,
        At = at,
        Agents = [ticket.Proofing is { ClerkId: { } clerk } proofing ? AuditAgent.Clerk(clerk, proofing.InstitutionId) : AuditAgent.Op],
        Subject = ticket.AccountId,
        ObjectId = ticket.Replaces,
        Reason = "ticket-issued",
    };

    public static AuditLine Issued(Grant grant, string requestId, DateTimeOffset at) => Of(AuditEventKind.TokenIssued, grant, at) with { RequestId = requestId };

    public static AuditLine Refreshed(Grant presented, Grant next, DateTimeOffset at) => Of(AuditEventKind.TokenRefreshed, presented, at) with { Scopes = next.Scopes };

    public static AuditLine Reused(Grant grant, DateTimeOffset at) =>
        Of(AuditEventKind.RefreshRefused, grant, at) with { Outcome = AuditOutcome.Refused, ErrorCode = OAuthServerErrorCodes.RefreshTokenReused };

    public static AuditLine Revoked(Grant grant, DateTimeOffset at) => Of(AuditEventKind.TokenRevoked, grant, at);

    public static AuditLine Withdrawn(string consentId, string subject, DateTimeOffset at) => new()
    {
        Event = AuditEventKind.ConsentWithdrawn,
        At = at,
        Agents = [AuditAgent.Person(subject)],
        Subject = subject,
        ConsentId = consentId,
    };

    /// <summary>A code that opened nothing; which one it was is not said.</summary>
    public static AuditLine CodeFailed(string clientId, bool judged, DateTimeOffset at) => new()
    {
        Event = AuditEventKind.CodeFailed,
        At = at,
        Outcome = AuditOutcome.Refused,
        Agents = [AuditAgent.Client(clientId)],
        Reason = judged ? null : "too-many-attempts",
        ErrorCode = CibaErrorCodes.UserUnknown,
    };

    /// <summary>A consent that ended because what it rested on did.</summary>
    public static AuditLine Ended(string consentId, string subject, string reason, DateTimeOffset at) =>
        Withdrawn(consentId, subject, at) with { Agents = [AuditAgent.Op], Reason = reason };

    /// <summary>A change of a device or an account, by what its own history says of it.</summary>
    public static AuditLine Of(LifeCycleEntry line) => new()
    {
        Event = line.RelationId is not null ? AuditEventKind.ProxyRelationChanged
            : line.DeviceId is null ? AuditEventKind.AccountChanged
            : string.Equals(line.Event, LifeCycleEntry.Enrolled, StringComparison.Ordinal) ? AuditEventKind.DeviceEnrolled
            : AuditEventKind.DeviceChanged,
        At = line.At,
        Agents = [Agent(line)],
        Subject = line.AccountId,
        ObjectId = line.RelationId ?? line.DeviceId,
        Reason = AuditReasons.Word(line.Event),
    };

    public static AuditLine Of(AuditEventKind happened, Grant grant, DateTimeOffset at)
    {
        var actor = AuditedActor.Of(grant.Actor);
        return new()
        {
            Event = happened,
            At = at,
            Agents = Agents(AuditAgent.Client(grant.ClientId), actor?.Agent),
            Subject = grant.Subject,
            ConsentId = grant.ConsentId,
            Resource = grant.Resource,
            Scopes = grant.Scopes,
            Purpose = actor?.Purpose,
        };
    }

    public static IReadOnlyList<AuditAgent> Agents(params ReadOnlySpan<AuditAgent?> agents)
    {
        var known = new List<AuditAgent>(agents.Length);
        foreach (var agent in agents)
        {
            if (agent is not null)
            {
                known.Add(agent);
            }
        }

        return known;
    }

    private static AuditAgent Agent(LifeCycleEntry line) => line.Actor switch
    {
        { Kind: LifeCycleActorKind.Person } => AuditAgent.Person(line.AccountId),
        { Kind: LifeCycleActorKind.Clerk, Id: { } clerk } actor => AuditAgent.Clerk(clerk, actor.InstitutionId),
        { Kind: LifeCycleActorKind.Administrator, Id: { } administrator } => AuditAgent.Administrator(administrator),
        _ => AuditAgent.Op,
    };
}
