namespace MedId.Ciba.Server;

/// <summary>Wakes whoever waits for a change that is in the store: in one process, or on every node. A lost signal costs time, never correctness.</summary>
public interface IChangeSignals
{
    /// <summary>Begins to listen. Subscribe first, then read the state, then wait: so nothing that happens in between is missed.</summary>
    /// <param name="topic">One of <see cref="ChangeTopics"/>.</param>
    /// <returns>Dispose it when done.</returns>
    IChangeSubscription Subscribe(string topic);
}
