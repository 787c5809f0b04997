using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests;

/// <summary>A CA that signs CRLs and OCSP responses about one certificate. Synthetic.</summary>
internal sealed class RevocationWorld
{
    public static readonly DateTimeOffset Now = new TestAuthorityOptions().Now;

    public RevocationWorld(params Action<TestCertificateBuilder>[] target) => Target = Authority.Issue(TestName.Common("LAB holder"), target);

    public TestAuthority Authority { get; } = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB CA")));

    public TestCertificate Target { get; set; }

    public Certificate Certificate => Read(Target);

    public Certificate Issuer => Read(Authority.Certificate);

    public static PathPolicy Policy { get; } = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf };

    public static OcspExpectations Expectations { get; } = new() { Algorithms = AlgorithmPolicy.Default };

    public static Certificate Read(TestCertificate certificate) => MedId.Pki.Certificate.Parse(certificate.Der).Value!;

    public static CertificateRevocationList Crl(byte[] der) => CertificateRevocationList.Parse(der) is { Succeeded: true } read ? read.Value : throw new InvalidOperationException(CertificateRevocationList.Parse(der).Error!.ToString());

    public static OcspResponse Ocsp(byte[] der) => OcspResponse.Parse(der).Value!;

    public CrlDecision Check(params byte[][] crls) => Check(Policy, Now, crls);

    public CrlDecision Check(PathPolicy policy, DateTimeOffset at, params byte[][] crls) =>
        CrlChecker.Check(Certificate, [.. crls.Select(Crl)], [Issuer], null, policy, at);

    public OcspDecision CheckOcsp(byte[] response, OcspExpectations? expectations = null, DateTimeOffset? at = null) =>
        OcspChecker.Check(response, Certificate, Issuer, expectations ?? Expectations, at ?? Now);

    public PathDecision Validate(PathEvidence evidence, PathPolicy? policy = null, DateTimeOffset? at = null) =>
        PathValidator.Validate(Certificate, [TrustAnchor.FromCertificate(Issuer)], evidence, policy ?? Policy, at ?? Now);
}
