namespace MedId.Provider;

/// <summary>Tells a party that a consent has ended. What the party may do has ended already in the store; this only spares it the next refusal.</summary>
public interface IConsentEndedObserver
{
    /// <summary>Tells it.</summary>
    /// <param name="ended">What ended.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion. An exception reaches nobody: the other parties are told all the same.</returns>
    ValueTask TellAsync(ConsentEnded ended, CancellationToken cancellationToken = default);
}
