namespace MedId.Ciba.Server;

/// <summary>What the OP does with a request that CIBA accepts: the rules of the product, and the notice.</summary>
public interface IBackchannelRequestHandler
{
    /// <summary>Judges the request by the OP's own rules and prepares what will be shown. Stores nothing and notifies nobody.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>What to keep beside the request, or a refusal.</returns>
    ValueTask<BackchannelDecision> OpenAsync(ValidatedBackchannelRequest request, CancellationToken cancellationToken = default);

    /// <summary>Tells the person's device that a request waits; called when the request is stored.</summary>
    /// <param name="request">The request as stored.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion. An exception does not fail the request: it stands, and the person may open the application by themselves.</returns>
    ValueTask NotifyAsync(CibaRequest request, CancellationToken cancellationToken = default);
}
