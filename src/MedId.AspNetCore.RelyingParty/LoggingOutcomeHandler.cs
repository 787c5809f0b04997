using MedId.Ciba.Client;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.RelyingParty;

/// <summary>Logs how requests ended, by code, and the type of what a handler throws.</summary>
internal sealed class LoggingOutcomeHandler(ICibaOutcomeHandler inner, ILogger logger) : ICibaOutcomeHandler
{
    public async ValueTask HandleAsync(CibaOutcome outcome, CancellationToken cancellationToken = default)
    {
        Log.Ended(logger, outcome.Id, outcome.Op, outcome.Result.Error?.Code ?? "ok");
        try
        {
            await inner.HandleAsync(outcome, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            Log.HandlerFailed(logger, outcome.Id, failure.GetType().Name);
            throw;
        }
    }
}
