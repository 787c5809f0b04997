namespace MedId.Ciba.Server;

/// <summary>One listener. Not for two threads at once.</summary>
public interface IChangeSubscription : IDisposable
{
    /// <summary>Waits until the topic was raised since the subscription, or since the last time that this said so.</summary>
    /// <param name="timeout">How long at most.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True when it was raised; false when the time is over.</returns>
    ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default);
}
