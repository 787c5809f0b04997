using MedId.Cryptography;
using MedId.Pki;

namespace MedId.House.Tests.Snippets;

internal static class Pki
{
    public static string Validate(byte[] certificateDer, byte[] authorityDer, byte[] rootDer, byte[] crlOfTheRoot, byte[] crlOfTheAuthority, DateTimeOffset signedAt)
    {
        #region Pki_Validate
        var certificate = Certificate.Parse(certificateDer);
        if (!certificate.Succeeded)
        {
            return certificate.Error.Code;                                   // pki.certificate_malformed, with section and detail
        }

        var root = TrustAnchor.FromCertificate(Certificate.Parse(rootDer).Value!, "Example Root 2026");
        var evidence = new PathEvidence
        {
            Certificates = [Certificate.Parse(authorityDer).Value!],
            Crls = [CertificateRevocationList.Parse(crlOfTheRoot).Value!, CertificateRevocationList.Parse(crlOfTheAuthority).Value!],
        };
        var policy = new PathPolicy
        {
            Algorithms = AlgorithmPolicy.Default,
            Revocation = RevocationRequirement.Chain,
            RequiredKeyUsage = KeyUsages.NonRepudiation,
            InitialPolicies = ["2.999.1.2"],
            RequireExplicitPolicy = true,
        };

        var decision = PathValidator.Validate(certificate.Value, [root], evidence, policy, signedAt);
        return decision.IsAccepted
            ? $"under {string.Join(' ', decision.Policies)}, {decision.Revocation[0].Status} by {decision.Revocation[0].Source!.Kind}"
            : $"{decision.Outcome}: {decision.Error} for certificate {decision.RefusedCertificate}";
        #endregion
    }
}
