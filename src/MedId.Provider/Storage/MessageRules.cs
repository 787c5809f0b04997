using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What has to be told when something was stored: pure, so that every store tells alike.</summary>
internal static class MessageRules
{
    /// <summary>How long the parties of an ended consent are tried to be told.</summary>
    public static readonly TimeSpan EndedRetention = TimeSpan.FromDays(7);

    /// <summary>A request was stored: devices are told.</summary>
    public static OutboxMessage? OfAdded(CibaRequest request) => request.Context is null ? null : Of(request, OutboxKinds.Announce);

    /// <summary>A request was decided or cancelled: a client that does not poll is told.</summary>
    public static OutboxMessage? OfDecided(CibaRequest after) => (after.DeliveryMode, after.Status) switch
    {
        (CibaDeliveryMode.Ping, CibaStatus.Approved or CibaStatus.Denied) => Of(after, OutboxKinds.Ping),
        (CibaDeliveryMode.Push, CibaStatus.Approved or CibaStatus.Denied) => Of(after, OutboxKinds.Push),
        _ => null,
    };

    /// <summary>A consent ended before its time: its parties are told.</summary>
    public static OutboxMessage OfEnded(TenantId tenant, string consentId, DateTimeOffset at) => new()
    {
        Tenant = tenant,
        Id = $"{OutboxKinds.Ended}:{consentId}",
        Kind = OutboxKinds.Ended,
        Subject = consentId,
        DueAt = at,
        ExpiresAt = at + EndedRetention,
    };

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
