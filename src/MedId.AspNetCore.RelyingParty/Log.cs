using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Event ids 4100 to 4199.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4100, Level = LogLevel.Debug, Message = "CIBA {Step} done")]
    public static partial void Done(ILogger logger, string step);

    [LoggerMessage(EventId = 4101, Level = LogLevel.Information, Message = "CIBA {Step} refused: {Code} {Detail}")]
    public static partial void Refused(ILogger logger, string step, string code, string? detail);
}
