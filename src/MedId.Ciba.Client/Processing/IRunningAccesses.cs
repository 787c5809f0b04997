namespace MedId.Ciba.Client;

/// <summary>What runs under a consent to process, as the relying party knows it.</summary>
public interface IRunningAccesses
{
    /// <summary>Gives up everything that runs under a consent: what waits is no longer waited for, tokens go back to the OP (<see cref="CibaClient.RevokeAsync"/>), what was read is no longer shown.</summary>
    /// <param name="ended">The consent that was taken back.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask GiveUpAsync(ProcessingConsent ended, CancellationToken cancellationToken = default);
}
