namespace MedId.Provider;

/// <summary>Tells one kind of message. A message may come twice (a node died after telling it), so telling is harmless twice, or the handler sees to it.</summary>
public interface IOutboxHandler
{
    /// <summary>The kind.</summary>
    string Kind { get; }

    /// <summary>Tries once.</summary>
    /// <param name="message">The message, leased.</param>
    /// <param name="cancellationToken">Cancels; the lease runs out by itself then.</param>
    /// <returns>Whether it is done, to be tried again, or given up.</returns>
    ValueTask<OutboxOutcome> HandleAsync(OutboxMessage message, CancellationToken cancellationToken = default);
}
