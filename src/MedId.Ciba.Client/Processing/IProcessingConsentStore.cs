namespace MedId.Ciba.Client;

/// <summary>Where a relying party keeps consents to process. Records are kept after their end: they are the proof.</summary>
public interface IProcessingConsentStore
{
    /// <summary>Adds one.</summary>
    /// <param name="consent">The record.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    /// <exception cref="ArgumentException">The id is taken.</exception>
    ValueTask AddAsync(ProcessingConsent consent, CancellationToken cancellationToken = default);

    /// <summary>The consents of a person to a client, newest first.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="patient">The person.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>All of them, also those that ended.</returns>
    ValueTask<IReadOnlyList<ProcessingConsent>> ListAsync(string clientId, string patient, CancellationToken cancellationToken = default);

    /// <summary>Marks one as taken back, in one atomic step.</summary>
    /// <param name="clientId">The client.</param>
    /// <param name="id">The record's id.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The record as it is now when this call ended it; null when there is none or it was taken back before.</returns>
    ValueTask<ProcessingConsent?> WithdrawAsync(string clientId, string id, DateTimeOffset at, CancellationToken cancellationToken = default);
}
