using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Testing.Tests.Pki;

/// <summary>Each fault of a chain is refused by the path validator with the code that the fault is listed under.</summary>
public sealed class TestChainTests
{
    private static readonly PkiFault[] OfRevocation = [PkiFault.Revoked, PkiFault.IntermediateRevoked, PkiFault.CrlMissing, PkiFault.CrlStale];

    public static TheoryData<PkiFault> Faults => [.. Enum.GetValues<PkiFault>().Except(OfRevocation)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void Create_Fault_IsRefusedWithItsCode(PkiFault fault) => Assert.Equal(TestFaultCodes.CodeOf(fault), Judge(TestChain.Create(fault)));

    private static string? Judge(TestChain chain)
    {
        var target = Certificate.Parse(chain.Target.Der);
        if (!target.Succeeded)
        {
            return target.Error.Code;
        }

        var evidence = new PathEvidence { Certificates = [.. chain.Intermediates.Select(certificate => Certificate.Parse(certificate.Der).Value!)] };
        var policy = new PathPolicy
        {
            Algorithms = AlgorithmPolicy.Default,
            Revocation = RevocationRequirement.NotRequired,
            InitialPolicies = [TestChain.Policy],
            RequireExplicitPolicy = true,
            RequiredKeyUsage = KeyUsages.DigitalSignature,
            RequiredExtendedKeyUsages = ["1.3.6.1.5.5.7.3.2"],
        };
        return PathValidator.Validate(target.Value, [TrustAnchor.FromCertificate(Certificate.Parse(chain.Root.Certificate.Der).Value!)], evidence, policy, chain.At).Error?.Code;
    }
}
