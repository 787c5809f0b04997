using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>Event ids 4200 to 4299.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4200, Level = LogLevel.Information, Message = "Token of client {ClientId} refused: {Code} {Detail}")]
    public static partial void TokenRefused(ILogger logger, string? clientId, string code, string? detail);

    [LoggerMessage(EventId = 4201, Level = LogLevel.Error, Message = "Introspection gave no answer to rely on: {Code} {Detail}; the call is refused")]
    public static partial void IntrospectionUnavailable(ILogger logger, string code, string? detail);

    [LoggerMessage(EventId = 4202, Level = LogLevel.Information, Message = "{Interaction} {ResourceType} for client {ClientId} under consent {ConsentId}: {Outcome}")]
    public static partial void Decided(ILogger logger, string interaction, string? resourceType, string? clientId, string? consentId, string outcome);
}
