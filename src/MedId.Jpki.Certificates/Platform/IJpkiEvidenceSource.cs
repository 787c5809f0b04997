using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Where the local check has its revocation information from: a gatherer, a mirror of the CRLs, a closed network.</summary>
public interface IJpkiEvidenceSource
{
    /// <summary>Gathers evidence for a certificate. What cannot be had is left out: the decision then says undetermined.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="purpose">Why; charged and reported apart.</param>
    /// <param name="at">The time for which it has to be current.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<PathEvidence> GatherAsync(Certificate certificate, JpkiCheckPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken = default);
}
