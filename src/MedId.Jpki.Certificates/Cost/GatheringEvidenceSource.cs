using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Revocation information by the gatherer of MedId.Pki: by HTTP, by files, or by an injected transport into a closed network; under its freshness policy.</summary>
public sealed class GatheringEvidenceSource : IJpkiEvidenceSource
{
    private readonly EvidenceGatherer _gatherer;
    private readonly JpkiVerifierPolicy _policy;
    private readonly JpkiCostLedger? _ledger;
    private readonly Func<PathEvidence>? _known;

    /// <summary>A source.</summary>
    /// <param name="gatherer">The gatherer; give it the same ledger.</param>
    /// <param name="policy">The policy that the evidence is for: its anchors and profiles.</param>
    /// <param name="ledger">Counts what is asked; null for nobody.</param>
    /// <param name="known">What is at hand already, such as the day's CRL files, which JPKI's certificates name by directory names only; null for nothing.</param>
    public GatheringEvidenceSource(EvidenceGatherer gatherer, JpkiVerifierPolicy policy, JpkiCostLedger? ledger = null, Func<PathEvidence>? known = null)
    {
        ArgumentNullException.ThrowIfNull(gatherer);
        ArgumentNullException.ThrowIfNull(policy);
        (_gatherer, _policy, _ledger, _known) = (gatherer, policy, ledger, known);
    }

    /// <inheritdoc/>
    public async Task<PathEvidence> GatherAsync(Certificate certificate, JpkiCheckPurpose purpose, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(certificate);

        // Nobody is asked about what is no JPKI certificate: the address in it is a stranger's.
        var profile = _policy.Rules.Judge(certificate, use: null);
        if (!profile.Succeeded)
        {
            return PathEvidence.Empty;
        }

        _ledger?.Begin(profile.Value.Kind, purpose);
        var gathered = await _gatherer.GatherAsync(certificate, _policy.Anchors, _known?.Invoke(), cancellationToken).ConfigureAwait(false);
        return gathered.Evidence;
    }
}
