using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests;

/// <summary>One synthetic world with everything valid; each test changes one thing.</summary>
internal sealed class Scene
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public Scene(JpkiWorld? world = null) => World = world ?? JpkiWorld.Create();

    public static KeyedDigest Keys { get; } = new(Enumerable.Range(0, 32).Select(i => (byte)i).ToArray());

    public JpkiWorld World { get; }

    public JpkiVerifierPolicy Policy(JpkiStanding standing = JpkiStanding.CertifiedVerifier, bool test = false) => new(standing)
    {
        Anchors = [.. (test ? World.Test : World.Production).Roots.Select(r => TrustAnchor.FromCertificate(Read(r)))],
        Revocation = RevocationRequirement.Leaf,
    };

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    /// <summary>An OCSP response of the issuer about the certificate.</summary>
    public PathEvidence Ocsp(TestCertificate certificate, OcspFault fault = OcspFault.None)
    {
        var response = OcspResponse.Parse(new TestOcspResponder(World.IssuerOf(certificate)).RespondFor(certificate, fault));
        return new() { OcspResponses = response.Succeeded ? [response.Value] : [] };
    }

    /// <summary>The CRL of the person's municipality or prefecture.</summary>
    public PathEvidence Crl(TestCertificate certificate, JpkiPerson? person = null, params ReadOnlySpan<Action<TestCrlBuilder>> profiles)
    {
        var issuer = World.IssuerOf(certificate);
        var hierarchy = World.Production.Signing.Concat(World.Production.Authentication).Contains(issuer) ? World.Production : World.Test;
        return new() { Crls = [CertificateRevocationList.Parse(hierarchy.CreateCrl(issuer, person ?? JpkiPerson.Yamada, profiles)).Value!] };
    }

    public JpkiDecision Verify(TestCertificate certificate, JpkiCertificateKind use = JpkiCertificateKind.Sign, JpkiVerifierPolicy? policy = null, PathEvidence? evidence = null, DateTimeOffset? at = null) =>
        new JpkiVerifier(policy ?? Policy()).Verify(Read(certificate), use, evidence ?? Ocsp(certificate), at ?? Now);

    public JpkiEvidence Accepted(TestCertificate certificate, JpkiCertificateKind use = JpkiCertificateKind.Sign)
    {
        var decision = Verify(certificate, use);
        Assert.Equal(VerificationOutcome.Accepted, decision.Outcome);
        return decision.Evidence!;
    }
}
