namespace MedId.Jpki.Certificates;

/// <summary>最新の利用者情報(4情報)提供サービス, as whoever connects to it brings it: its wire form is not published. Answers are raw; <see cref="LatestAttributesService"/> judges them.</summary>
public interface ILatestAttributesSource
{
    /// <summary>Registers a consent.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task RegisterConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default);

    /// <summary>Whether the service has the consent and it was not withdrawn there.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<bool> HasConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default);

    /// <summary>Withdraws a consent.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task WithdrawConsentAsync(AttributeConsent consent, CancellationToken cancellationToken = default);

    /// <summary>Asks for the latest attributes. Null while there are none: the old certificate is revoked and no new one issued.</summary>
    /// <param name="consent">The consent.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<LatestAttributesAnswer?> GetLatestAsync(AttributeConsent consent, CancellationToken cancellationToken = default);
}
