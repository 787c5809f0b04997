using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Testing.Tests.Pki;

/// <summary>Each fault of a chain is refused by the path validator with the code that the fault is listed under.</summary>
public sealed class TestChainTests
{
    public static TheoryData<PkiFault> Faults => [.. Enum.GetValues<PkiFault>()];

    public static TheoryData<CrlFault> CrlFaults => [.. Enum.GetValues<CrlFault>()];

    public static TheoryData<OcspFault> OcspFaults => [.. Enum.GetValues<OcspFault>()];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Create_Fault_IsRefusedWithItsCode(PkiFault fault) => Assert.Equal(TestFaultCodes.CodeOf(fault), Judge(TestChain.Create(fault)));

    [Theory]
    [MemberData(nameof(CrlFaults))]
    public void CreateCrl_Fault_IsRefusedWithItsCode(CrlFault fault)
    {
        var root = TestAuthority.CreateRoot(TestName.Common("LAB root"));
        var leaf = root.Issue(TestName.Common("LAB leaf"));
        var crl = CertificateRevocationList.Parse(root.CreateCrl(fault));
        var code = !crl.Succeeded ? crl.Error.Code : CrlChecker.Check(
            Certificate.Parse(leaf.Der).Value!,
            [crl.Value],
            [Certificate.Parse(root.Certificate.Der).Value!],
            anchors: null,
            new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.Leaf },
            root.Options.Now).Error?.Code;

        Assert.Equal(TestFaultCodes.CodeOf(fault), code);
    }

    [Theory]
    [MemberData(nameof(OcspFaults))]
    public void RespondFor_Fault_IsRefusedWithItsCode(OcspFault fault)
    {
        var root = TestAuthority.CreateRoot(TestName.Common("LAB root"));
        var leaf = root.Issue(TestName.Common("LAB leaf"));
        byte[] nonce = [.. Enumerable.Repeat((byte)7, 32)];
        var request = TestDer.Sequence(TestDer.Sequence(
            TestDer.Sequence(TestDer.Sequence(TestOcspResponder.CertificateId(root, leaf.SerialNumber))),
            TestDer.Context(2, TestDer.Sequence(TestDer.Sequence(TestDer.Oid("1.3.6.1.5.5.7.48.1.2"), TestDer.OctetString(TestDer.OctetString(nonce)))))));
        var decision = OcspChecker.Check(
            new TestOcspResponder(root, TestOcspResponder.CreateDelegate(root)).Respond(request, fault),
            Certificate.Parse(leaf.Der).Value!,
            Certificate.Parse(root.Certificate.Der).Value!,
            new() { Algorithms = AlgorithmPolicy.Default, Nonce = nonce, RequireNonce = true },
            root.Options.Now);

        Assert.Equal(TestFaultCodes.CodeOf(fault), decision.Error?.Code);
    }

    private static string? Judge(TestChain chain)
    {
        var target = Certificate.Parse(chain.Target.Der);
        if (!target.Succeeded)
        {
            return target.Error.Code;
        }

        var evidence = new PathEvidence
        {
            Certificates = [.. chain.Intermediates.Select(certificate => Certificate.Parse(certificate.Der).Value!)],
            Crls = [.. chain.Crls.Select(crl => CertificateRevocationList.Parse(crl).Value!)],
        };
        var policy = new PathPolicy
        {
            Algorithms = AlgorithmPolicy.Default,
            Revocation = RevocationRequirement.Chain,
            InitialPolicies = [TestChain.Policy],
            RequireExplicitPolicy = true,
            RequiredKeyUsage = KeyUsages.DigitalSignature,
            RequiredExtendedKeyUsages = ["1.3.6.1.5.5.7.3.2"],
        };
        return PathValidator.Validate(target.Value, [TrustAnchor.FromCertificate(Certificate.Parse(chain.Root.Certificate.Der).Value!)], evidence, policy, chain.At).Error?.Code;
    }
}
