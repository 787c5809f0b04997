namespace MedId.Jpki.Certificates;

/// <summary>現況確認: asks later, without the person, whether a certificate that was accepted still stands.</summary>
public interface IJpkiLivenessService
{
    /// <summary>Asks about a certificate by the id that the first check gave it.</summary>
    /// <param name="receipt">The receipt of the first check.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<JpkiLiveness> CheckAsync(PlatformReceipt receipt, CancellationToken cancellationToken = default);
}
