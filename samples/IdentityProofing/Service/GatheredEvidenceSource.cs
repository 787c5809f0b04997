using MedId.Jpki.Certificates;
using MedId.Pki;

namespace MedId.Samples.IdentityProofing;

/// <summary>Revocation information by the gatherer of MedId.Pki: OCSP at the address in the certificate.</summary>
internal sealed class GatheredEvidenceSource(EvidenceGatherer gatherer, IReadOnlyCollection<TrustAnchor> anchors) : IJpkiEvidenceSource
{
    public async Task<PathEvidence> GatherAsync(Certificate certificate, JpkiCheckPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken = default) =>
        (await gatherer.GatherAsync(certificate, anchors, known: null, cancellationToken)).Evidence;
}
