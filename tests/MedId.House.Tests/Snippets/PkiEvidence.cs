using MedId.Cryptography;
using MedId.Pki;

namespace MedId.House.Tests.Snippets;

internal static class PkiEvidence
{
    public static async Task<PathDecision> GatherAsync(Certificate certificate, TrustAnchor root, IEvidenceLedger ledger, PathPolicy policy, TimeProvider time, CancellationToken cancellationToken)
    {
        #region Pki_Gather
        var options = new EvidenceGatheringOptions
        {
            Preference = EvidencePreference.OcspThenCrl,
            Freshness = FreshnessPolicy.MaxAge(TimeSpan.FromHours(1)),
            Addresses = new() { AllowedHosts = ["ocsp.example.com", "crl.example.com"] },
        };
        using var client = new HttpClient(options.Addresses.CreateHandler());      // your handler, proxy and TLS; or an IEvidenceTransport of a closed network
        using var gatherer = new EvidenceGatherer(client, options, ledger, time);

        var gathered = await gatherer.GatherAsync(certificate, [root], cancellationToken: cancellationToken);
        foreach (var attempt in gathered.Attempts.Where(attempt => attempt.Error is not null))
        {
            Console.WriteLine($"{attempt.Kind} at {attempt.Address?.Host}: {attempt.Error}");
        }

        return PathValidator.Validate(certificate, [root], gathered.Evidence, policy, time.GetUtcNow());
        #endregion
    }

    public static string CheckStapled(byte[] response, Certificate certificate, Certificate issuer, OcspRequest request, DateTimeOffset at)
    {
        #region Pki_CheckOcsp
        var expectations = new OcspExpectations { Algorithms = AlgorithmPolicy.Default, Nonce = request.Nonce, MaxAge = TimeSpan.FromHours(6) };
        var answer = OcspChecker.Check(response, certificate, issuer, expectations, at);
        return answer.IsAccepted
            ? $"{answer.Status} since {answer.ThisUpdate:u}, signed by the {answer.Responder!.Kind}"   // Good, Revoked or Unknown
            : $"not known: {answer.Error}";
        #endregion
    }
}
