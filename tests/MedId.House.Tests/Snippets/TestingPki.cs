using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.House.Tests.Snippets;

internal static class TestingPki
{
    public static PathDecision Chain()
    {
        #region Testing_Authority
        var root = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB root")));
        var sub = root.CreateSubordinate(TestName.Common("LAB sub"));
        TestCertificate leaf = sub.Issue(TestName.Common("LAB leaf"), certificate => certificate
            .With(TestExtensions.CertificatePolicies("2.999.1"))
            .MarkCritical("2.5.29.32", critical: true));
        sub.Revoke(leaf, reason: 1);

        var decision = PathValidator.Validate(
            Certificate.Parse(leaf.Der).Value!,
            [TrustAnchor.FromCertificate(Certificate.Parse(root.Certificate.Der).Value!)],
            new()
            {
                Certificates = [Certificate.Parse(sub.Certificate.Der).Value!],
                Crls = [CertificateRevocationList.Parse(root.CreateCrl()).Value!, CertificateRevocationList.Parse(sub.CreateCrl(CrlFault.Stale)).Value!],
            },
            new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf },
            root.Options.Now);
        string? expected = TestFaultCodes.CodeOf(CrlFault.Stale);        // crl.stale, and the decision is undetermined
        #endregion
        return expected is null ? throw new InvalidOperationException() : decision;
    }

    public static async Task<int> WorldsAsync(CancellationToken cancellationToken)
    {
        #region Testing_Worlds
        await using var server = await TestAuthorityServer.StartAsync(cancellationToken);
        var jpki = JpkiWorld.Create(options: new() { BaseUri = server.BaseUri });
        server.Add(jpki.Production);

        var card = SoftwareJpkiCard.Issue(jpki, new() { Person = JpkiPerson.RareCharacters });
        card.EnterPassword("LABSIGN1");
        byte[] signature = await card.OpenSigningKey().SignAsync("an application form"u8.ToArray(), cancellationToken);
        TestCertificate swapped = jpki.IssueSigning(new() { Fault = JpkiFault.PolicyOfOtherKind });
        byte[] crl = jpki.Production.CreateCrl(jpki.IssuerOf(swapped), JpkiPerson.Yamada);

        TestCertificate doctor = HpkiWorld.Create().Issue(new() { Holder = HpkiHolder.Doctor, Use = HpkiUse.Authentication });
        server.Misbehave("ocsp", ServerFault.Hang);
        int asked = server.Count("ocsp");                                // what the responder was asked, for a ledger to be held against
        #endregion
        return asked + signature.Length + crl.Length + doctor.Der.Length;
    }
}
