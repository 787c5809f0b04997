using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider;

/// <summary>Event ids 1000 to 1099. Codes, sections, details and client ids only: nothing of a person, no token, no hint.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1000, Message = "{Endpoint} refused: {Code} [{Section}] {Detail} (client {ClientId})")]
    public static partial void Refused(ILogger logger, LogLevel level, string? endpoint, string code, string section, string? detail, string? clientId);

    [LoggerMessage(1001, LogLevel.Warning, "{Endpoint} warns: {Code} [{Section}] {Detail}")]
    public static partial void Warned(ILogger logger, string? endpoint, string code, string section, string? detail);

    [LoggerMessage(1002, LogLevel.Information, "device act refused: {Code} [{Section}] {Detail}")]
    public static partial void ActRefused(ILogger logger, string code, string section, string? detail);

    [LoggerMessage(1003, LogLevel.Debug, "device act {Kind} accepted")]
    public static partial void ActAccepted(ILogger logger, string kind);

    [LoggerMessage(1004, LogLevel.Debug, "swept {Count} records")]
    public static partial void Swept(ILogger logger, int count);

    [LoggerMessage(1006, LogLevel.Warning, "consents are held against no law: {Reason}")]
    public static partial void LawsOff(ILogger logger, string reason);

    [LoggerMessage(1007, LogLevel.Warning, "LAB: a doctor whom nobody signed for is assumed where evidence is missing; this is no OP for patients")]
    public static partial void PractitionerAssumed(ILogger logger);

    [LoggerMessage(1005, LogLevel.Warning, "{Work} failed: {Failure}")]
    public static partial void WorkFailed(ILogger logger, string work, string failure);

    [LoggerMessage(1008, LogLevel.Error, "{Endpoint} failed: {Failure}{Trace}")]
    public static partial void Failed(ILogger logger, string? endpoint, string failure, string? trace);

    [LoggerMessage(1010, LogLevel.Warning, "{Kind} message given up after {Attempts} attempts: {Code}")]
    public static partial void OutboxGaveUp(ILogger logger, string kind, int attempts, string code);

    [LoggerMessage(1012, LogLevel.Warning, "{Kind} message failed at attempt {Attempts}: {Failure}")]
    public static partial void OutboxAttemptFailed(ILogger logger, string kind, int attempts, string failure);

    [LoggerMessage(1011, LogLevel.Warning, "the outbox could not be worked: {Failure}")]
    public static partial void OutboxFailed(ILogger logger, string failure);

    [LoggerMessage(1040, LogLevel.Information, "{Issuer} (tenant {Tenant}) has started; store: {Durability}; on: {On}; off: {Off}")]
    public static partial void Started(ILogger logger, string issuer, string tenant, string durability, string on, string off);

    [LoggerMessage(1041, LogLevel.Information, "signing keys were rotated by {Steps} steps")]
    public static partial void KeysRotated(ILogger logger, int steps);
}
