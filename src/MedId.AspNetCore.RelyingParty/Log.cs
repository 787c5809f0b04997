using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Event ids 4100 to 4199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Debug, Message = "CIBA {Step} done")]
    public static partial void Done(ILogger logger, string step);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "CIBA {Step} refused: {Code} {Detail}")]
    public static partial void Refused(ILogger logger, string step, string code, string? detail);

    [LoggerMessage(EventId = 4102, Level = LogLevel.Information, Message = "CIBA request {Id} at {Op} ended: {Code}")]
    public static partial void Ended(ILogger logger, string id, string op, string code);

    /// <summary>By the type of the failure: its message is the integrator's, and may name a person.</summary>
    [LoggerMessage(EventId = 4103, Level = LogLevel.Error, Message = "The handler of CIBA outcomes failed for request {Id} with {Failure}; its tokens are gone")]
    public static partial void HandlerFailed(ILogger logger, string id, string failure);

    [LoggerMessage(EventId = 4104, Level = LogLevel.Warning, Message = "CIBA notification from {Op} refused: {Code} {Detail}")]
    public static partial void NotificationRefused(ILogger logger, string op, string code, string? detail);

    [LoggerMessage(EventId = 4105, Level = LogLevel.Debug, Message = "CIBA notification from {Op} taken")]
    public static partial void NotificationTaken(ILogger logger, string op);

    [LoggerMessage(EventId = 4106, Level = LogLevel.Information, Message = "The CIBA scheduler has begun")]
    public static partial void SchedulerBegan(ILogger logger);

    [LoggerMessage(EventId = 4107, Level = LogLevel.Information, Message = "The CIBA scheduler has ended; {Waiting} requests wait in the store, {Untaken} outcomes with them")]
    public static partial void SchedulerEnded(ILogger logger, int waiting, int untaken);
}
