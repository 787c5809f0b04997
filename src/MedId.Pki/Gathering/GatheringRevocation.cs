using MedId.Core;

namespace MedId.Pki;

/// <summary>Asks about the revocation of one certificate of the chain, in the order that the options prefer.</summary>
internal sealed class GatheringRevocation(GatheringRun run, Certificate certificate, GatheringIssuer issuer)
{
    public async Task GatherAsync()
    {
        switch (run.Options.Preference)
        {
            case EvidencePreference.OcspOnly:
                await AskRespondersAsync().ConfigureAwait(false);
                break;
            case EvidencePreference.CrlOnly:
                await AskPointsAsync().ConfigureAwait(false);
                break;
            case EvidencePreference.Both:
                await Task.WhenAll(AskRespondersAsync(), AskPointsAsync()).ConfigureAwait(false);
                break;
            case EvidencePreference.CrlThenOcsp:
                _ = await AskPointsAsync().ConfigureAwait(false) || await AskRespondersAsync().ConfigureAwait(false);
                break;
            default:
                _ = await AskRespondersAsync().ConfigureAwait(false) || await AskPointsAsync().ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Every responder in order, until one knows the certificate.</summary>
    private async Task<bool> AskRespondersAsync()
    {
        var addresses = GatheringRun.AddressesOf(certificate, AccessDescription.Ocsp);
        if (addresses.Count == 0 && run.Options.Preference is EvidencePreference.OcspOnly)
        {
            run.Note(certificate, EvidenceKind.Ocsp, null, EvidenceOrigin.None, NoSource("no OCSP responder by http"));
        }

        foreach (var address in addresses)
        {
            if (await run.OcspAsync(certificate, issuer, address).ConfigureAwait(false))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Every distribution point, and of each its addresses in order until one gives a current CRL; deltas where they are named.</summary>
    private async Task<bool> AskPointsAsync()
    {
        var points = (certificate.Extensions.CrlDistributionPoints ?? []).Select(GatheringRun.AddressesOf).Where(addresses => addresses.Count > 0).ToList();
        if (points.Count == 0)
        {
            // JPKI names CRLs by directory names: who has access brings them along.
            if (!run.KnowsCrlFor(certificate))
            {
                run.Note(certificate, EvidenceKind.Crl, null, EvidenceOrigin.None, NoSource("no CRL by http, and none was given along"));
            }

            return false;
        }

        var found = await Task.WhenAll(points.Select(addresses => AskPointAsync(EvidenceKind.Crl, addresses))).ConfigureAwait(false);
        var freshest = found.OfType<CertificateRevocationList>().SelectMany(crl => crl.FreshestCrl ?? []).Concat(certificate.Extensions.FreshestCrl ?? []);
        var deltas = freshest.Select(GatheringRun.AddressesOf).Where(addresses => addresses.Count > 0).DistinctBy(addresses => addresses[0]);
        await Task.WhenAll(deltas.Select(addresses => AskPointAsync(EvidenceKind.DeltaCrl, addresses))).ConfigureAwait(false);
        return Array.TrueForAll(found, crl => crl is not null);
    }

    private async Task<CertificateRevocationList?> AskPointAsync(EvidenceKind kind, IReadOnlyList<Uri> addresses)
    {
        foreach (var address in addresses)
        {
            if (await run.CrlAsync(certificate, issuer, kind, address).ConfigureAwait(false) is { } crl)
            {
                return crl;
            }
        }

        return null;
    }

    private static MedIdError NoSource(string detail) => new(PkiErrorCodes.GatherNoSource, ErrorCategory.State, "RFC 5280 §4.2.1.13", detail);
}
