using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Identity;

/// <summary>Event ids 4600 to 4699. Codes, never what a client sent.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 4600, Level = LogLevel.Warning, Message = "The attestation of a new passkey is refused: {Code} [{Section}]")]
    public static partial void Refused(ILogger logger, string code, string section);
}
