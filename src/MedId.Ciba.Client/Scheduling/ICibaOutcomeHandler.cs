namespace MedId.Ciba.Client;

/// <summary>Takes outcomes, also those of requests that were started before the process was.</summary>
public interface ICibaOutcomeHandler
{
    /// <summary>
    /// Takes one. It has been removed from the store before, so it comes once and never again: when the process ends inside this call, or the call throws, the tokens are gone and the patient has
    /// to be asked anew. Keep it short: store the tokens where they are used, then return.
    /// </summary>
    /// <param name="outcome">The outcome.</param>
    /// <param name="cancellationToken">Never cancelled by the scheduler: the outcome is in no store any more.</param>
    ValueTask HandleAsync(CibaOutcome outcome, CancellationToken cancellationToken = default);
}
