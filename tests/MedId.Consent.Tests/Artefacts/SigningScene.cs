using System.Security.Cryptography.X509Certificates;
using System.Text;
using MedId.Consent;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>A person and a collector, each with an authority of their own; synthetic, for tests only.</summary>
internal static class SigningScene
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly TestAuthority Users = TestAuthority.CreateRoot(TestName.Common("Test persons root"));
    public static readonly TestAuthority Collectors = TestAuthority.CreateRoot(TestName.Common("Test collectors root"), new() { Seed = 7 });
    public static readonly TestCertificate User = Issue(Users, "Test person");
    public static readonly TestCertificate Collector = Issue(Collectors, "Test collector");
    public static readonly TrustAnchor UserAnchor = TrustAnchor.FromCertificate(Read(Users.Certificate));
    public static readonly TrustAnchor CollectorAnchor = TrustAnchor.FromCertificate(Read(Collectors.Certificate));

    public static readonly LocalSigningKey UserKey = KeyOf(User);
    public static readonly LocalSigningKey CollectorKey = KeyOf(Collector);

    public static ValidationEvidence Evidence { get; } = new()
    {
        Gathered = new() { Crls = [CertificateRevocationList.Parse(Users.CreateCrl()).Value!, CertificateRevocationList.Parse(Collectors.CreateCrl()).Value!] },
    };

    public static ArtefactVerificationPolicy Policy { get; } = new()
    {
        Signers =
        [
            new() { Role = ArtefactSignerRole.User, Label = "persons", Anchors = [UserAnchor] },
            new() { Role = ArtefactSignerRole.Collector, Label = "collectors", Anchors = [CollectorAnchor] },
        ],
        Required = [ArtefactSignerRole.User, ArtefactSignerRole.Collector],
        Documents = new()
        {
            Algorithms = AlgorithmPolicy.Default,
            Anchors = [UserAnchor, CollectorAnchor],
            Path = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf, AcceptLaterEvidence = true },
        },
    };

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    public static async Task<byte[]> SignAsync(byte[] document, ArtefactSignerRole role)
    {
        var (certificate, key) = role is ArtefactSignerRole.User ? (User, UserKey) : (Collector, CollectorKey);
        var signed = await ArtefactSigner.SignXmlAsync(document, role, Read(certificate), Now.AddMinutes(-5), key, TestContext.Current.CancellationToken);
        Assert.True(signed.Succeeded, signed.ToString());
        return signed.Value;
    }

    /// <summary>The published sample, signed by the person and then by the collector.</summary>
    public static async Task<byte[]> SignedAsync() =>
        await SignAsync(await SignAsync(ConsentVectors.Read("meity-consent-sample.xml"), ArtefactSignerRole.User), ArtefactSignerRole.Collector);

    public static ArtefactVerification<ConsentArtefact> Verify(byte[] document, ArtefactVerificationPolicy? policy = null, ValidationEvidence? evidence = null) =>
        ArtefactVerifier.VerifyXml(document, policy ?? Policy, evidence ?? Evidence, Now);

    public static ArtefactVerification<ConsentArtefact> Verify(string document) => Verify(Encoding.UTF8.GetBytes(document));

    private static TestCertificate Issue(TestAuthority authority, string name) => authority.Issue(
        TestName.Common(name), TestKey.Shared(TestKeyKind.P256), [b => b.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation))]);

    private static LocalSigningKey KeyOf(TestCertificate certificate) => LocalSigningKey.FromPkcs8(certificate.Key.ExportPkcs8(), SignatureAlgorithm.ES256);
}
