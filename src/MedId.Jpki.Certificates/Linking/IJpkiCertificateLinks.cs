using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>JPKI's linking information (証明書紐付け, 証明書新旧紐付け): which certificates are one person's. Its wire form is disclosed to verifiers only; this is the contract for it.</summary>
public interface IJpkiCertificateLinks
{
    /// <summary>The certificates of the same person: the other kind's, the renewed ones and the ones before.</summary>
    /// <param name="certificate">The certificate that is asked about.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>
    /// Every linked certificate that the service names; empty when it knows of none. <c>jpki.link_unavailable</c> when it could not be asked: that is not "none",
    /// and no account may be made or found on it.
    /// </returns>
    Task<MedIdResult<IReadOnlyList<JpkiCertificateReference>>> FindAsync(JpkiCertificateReference certificate, CancellationToken cancellationToken = default);
}
