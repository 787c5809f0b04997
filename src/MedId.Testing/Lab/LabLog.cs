using Microsoft.Extensions.Logging;

namespace MedId.Testing;

/// <summary>Event ids 1900 to 1909. Codes only.</summary>
internal static partial class LabLog
{
    [LoggerMessage(1900, LogLevel.Warning, "the lab's policy could not decide a request: {Code}")]
    public static partial void PolicyRefused(ILogger logger, string code);

    [LoggerMessage(1901, LogLevel.Warning, "the lab's policy failed: {Failure}")]
    public static partial void PolicyFailed(ILogger logger, string failure);
}
