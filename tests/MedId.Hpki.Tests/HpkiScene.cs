using MedId.Hpki;
using MedId.Pki;
using MedId.Testing;
using HpkiUse = MedId.Hpki.HpkiUse;
using WorldUse = MedId.Testing.HpkiUse;

namespace MedId.Hpki.Tests;

/// <summary>One synthetic HPKI world with everything that an accepted certificate needs; each test changes one thing.</summary>
internal sealed class HpkiScene
{
    public HpkiWorld World { get; } = HpkiWorld.Create("hpki tests");

    public DateTimeOffset Now => World.Options.Now;

    public TrustAnchor Anchor => TrustAnchor.FromCertificate(Read(World.Root.Certificate));

    public static Certificate Read(TestCertificate certificate)
    {
        var parsed = Certificate.Parse(certificate.Der);
        Assert.Null(parsed.Error);
        return parsed.Value!;
    }

    public TestCertificate Issue(WorldUse use = WorldUse.Signature, HpkiHolder? holder = null, HpkiFault fault = HpkiFault.None, bool isTest = false) =>
        World.Issue(new() { Use = use, Holder = holder ?? HpkiHolder.Doctor, Fault = fault, IsTest = isTest });

    public HpkiPolicy Policy(HpkiUse use = HpkiUse.Signature) => new() { Anchors = [Anchor], Use = use };

    public PathEvidence Evidence(params IEnumerable<byte[]> crls) => new()
    {
        Certificates = [.. World.Intermediates.Select(Read)],
        Crls = [.. (crls.Any() ? crls : World.CreateCrls()).Select(der => CertificateRevocationList.Parse(der).Value!)],
    };

    public HpkiDecision Verify(TestCertificate certificate, HpkiPolicy? policy = null, PathEvidence? evidence = null, DateTimeOffset? at = null) =>
        new HpkiVerifier(policy ?? Policy()).Verify(certificate.Der, evidence ?? Evidence(), at ?? Now);
}
