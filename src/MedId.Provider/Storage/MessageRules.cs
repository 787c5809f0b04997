using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What has to be told when something was stored: pure, so that every store tells alike.</summary>
internal static class MessageRules
{
    /// <summary>How long the parties of an ended consent are tried to be told.</summary>
    public static readonly TimeSpan EndedRetention = TimeSpan.FromDays(7);

    /// <summary>How long a person is tried to be told of what was opened without asking.</summary>
    public static readonly TimeSpan ToldRetention = TimeSpan.FromDays(7);

    /// <summary>Whoever stored a message that is told at once makes the first attempt; from this much later on any node does.</summary>
    public static readonly TimeSpan FirstAttempt = TimeSpan.FromSeconds(2);

    /// <summary>A request was stored: devices are told, or what was decided when it came is carried out and told then.</summary>
    public static OutboxMessage? OfAdded(CibaRequest request)
    {
        if (request.Context is null)
        {
            return null;
        }

        var message = Of(request, AuditedContext.Of(request.Context).IsDecided ? OutboxKinds.Decide : OutboxKinds.Announce);
        return message with { DueAt = message.DueAt + FirstAttempt };
    }

    /// <summary>Whether somebody may take a message before or after it is due.</summary>
    public static bool MayTake(OutboxMessage message, DateTimeOffset at) => at < message.ExpiresAt && (message.Lease is null || message.DueAt <= at);

    /// <summary>Whether nobody needs to hear it any more and nobody is telling it.</summary>
    public static bool MayDropExpired(OutboxMessage message, DateTimeOffset at) => at >= message.ExpiresAt && (message.Lease is null || message.DueAt <= at);

    /// <summary>A message in somebody's hands.</summary>
    public static OutboxMessage Hold(OutboxMessage message, DateTimeOffset until) => message with { DueAt = until, Attempts = message.Attempts + 1, Lease = SecretGenerator.Base64Url(16) };

    /// <summary>What was opened without asking is announced to the person, who may hear of it later than the client.</summary>
    public static OutboxMessage OfTold(CibaRequest request, DateTimeOffset at) =>
        Of(request, OutboxKinds.Announce) with { DueAt = at + FirstAttempt, ExpiresAt = at + ToldRetention };

    /// <summary>A request was decided or cancelled: a client that does not poll is told.</summary>
    public static OutboxMessage? OfDecided(CibaRequest after) => (after.DeliveryMode, after.Status) switch
    {
        (CibaDeliveryMode.Ping, CibaStatus.Approved or CibaStatus.Denied) => Of(after, OutboxKinds.Ping),
        (CibaDeliveryMode.Push, CibaStatus.Approved) => Of(after, OutboxKinds.Push),

        // A no that came at the last moment is worth telling as long as an end is.
        (CibaDeliveryMode.Push, CibaStatus.Denied) => Of(after, OutboxKinds.Push) with { ExpiresAt = after.ExpiresAt + CibaRequest.Retention },
        _ => null,
    };

    /// <summary>A consent ended before its time: its parties are told.</summary>
    public static OutboxMessage OfEnded(TenantId tenant, string consentId, DateTimeOffset at) => new()
    {
        Tenant = tenant,
        Id = $"{OutboxKinds.Ended}:{consentId}",
        Kind = OutboxKinds.Ended,
        Subject = consentId,
        DueAt = at + FirstAttempt,
        ExpiresAt = at + EndedRetention,
    };

    /// <summary>A consent was recorded at a desk: the person hears of it while it lasts.</summary>
    public static OutboxMessage? OfRecorded(StandingConsent consent)
    {
        var at = consent.RecordedAt ?? consent.GivenAt;
        return consent.Kind is not (StandingConsentKind.Paper or StandingConsentKind.Oral) ? null : new()
        {
            Tenant = consent.Tenant,
            Id = $"{OutboxKinds.Recorded}:{consent.Id}",
            Kind = OutboxKinds.Recorded,
            Subject = consent.Id,
            DueAt = at + FirstAttempt,
            ExpiresAt = consent.ValidUntil - at < ToldRetention ? consent.ValidUntil : at + ToldRetention,
        };
    }

    private const string EndPrefix = "push-end:";

    /// <summary>A push client's request was stored: at its end the client is told, unless it was decided. The outbox keeps the message as long as the request is kept.</summary>
    public static OutboxMessage? OfEnd(CibaRequest request) => request.DeliveryMode != CibaDeliveryMode.Push ? null : Of(request, OutboxKinds.Push) with
    {
        Id = EndPrefix + request.Id,
        DueAt = request.ExpiresAt,
        ExpiresAt = request.ExpiresAt + CibaRequest.Retention,
    };

    /// <summary>Whether a message is of <see cref="OfEnd"/>.</summary>
    public static bool IsEnd(OutboxMessage message) => message.Id.StartsWith(EndPrefix, StringComparison.Ordinal);

    private static OutboxMessage Of(CibaRequest request, string kind) => new()
    {
        Tenant = request.Tenant,
        Id = $"{kind}:{request.Id}",
        Kind = kind,
        Subject = request.Id,
        DueAt = request.CreatedAt,
        ExpiresAt = request.ExpiresAt,
    };
}
