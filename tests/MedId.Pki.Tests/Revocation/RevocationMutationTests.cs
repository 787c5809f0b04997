using System.Diagnostics;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Tests;

/// <summary>Seeded mutants of CRLs and OCSP messages: never an exception, never a hang, and what is still believed says what the original said.</summary>
public sealed class RevocationMutationTests
{
    private const int Seed = 20_260_401;
    private const int Count = 4_000;

    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    [Fact]
    public void Check_MutantsOfACrl_AreUndeterminedOrSayTheSame()
    {
        var world = new RevocationWorld();
        world.Authority.Revoke(world.Target, (int)CrlReason.Superseded);
        var original = world.Authority.CreateCrl(builder => builder.Within(new() { OnlyUserCertificates = true })
            .Revoke([0x05], RevocationWorld.Now, 1, TestCrlExtensions.InvalidityDate(RevocationWorld.Now)));
        var expected = world.Check(original) with { Source = null };
        Assert.Equal(RevocationStatus.Revoked, expected.Status);
        foreach (var mutant in Mutants(original))
        {
            var watch = Stopwatch.StartNew();
            if (CertificateRevocationList.Parse(mutant.Bytes) is { Succeeded: true } crl)
            {
                var decision = CrlChecker.Check(world.Certificate, [crl.Value], [world.Issuer], null, RevocationWorld.Policy, RevocationWorld.Now);
                Assert.True(!decision.IsAccepted || decision with { Source = null } == expected, mutant.How);
            }

            Assert.True(watch.Elapsed < Bound, mutant.How);
        }
    }

    [Fact]
    public void Check_MutantsOfAnOcspResponse_AreUndeterminedOrSayTheSame()
    {
        var world = new RevocationWorld();
        world.Authority.Revoke(world.Target, (int)CrlReason.Superseded);
        var delegated = TestOcspResponder.CreateDelegate(world.Authority);
        var original = new TestOcspResponder(world.Authority, delegated).RespondFor(world.Target, profiles: builder => builder.WithNonce(new byte[32]));
        var expected = world.CheckOcsp(original);
        Assert.Equal(RevocationStatus.Revoked, expected.Status);
        foreach (var mutant in Mutants(original))
        {
            var watch = Stopwatch.StartNew();
            var decision = world.CheckOcsp(mutant.Bytes);
            Assert.True(!decision.IsAccepted || decision == expected, mutant.How);
            Assert.True(watch.Elapsed < Bound, mutant.How);
        }
    }

    [Fact]
    public void Parse_MutantsOfAnOcspRequest_AreRefusedOrReadTheSameTwice()
    {
        var world = new RevocationWorld();
        var original = OcspRequest.Build(world.Certificate, world.Issuer, nonce: new byte[32]).RawData.ToArray();
        foreach (var mutant in Mutants(original))
        {
            // A request is not signed: another serial or nonce is another request; what is read is exactly what stands there.
            if (OcspRequest.Parse(mutant.Bytes) is { Succeeded: true } read)
            {
                Assert.True(mutant.Bytes.AsSpan().IndexOf(read.Value.CertId.SerialNumber.Span) >= 0, mutant.How);
                Assert.InRange(read.Value.Nonce?.Length ?? 1, 1, OcspRequest.MaxNonceBytes);
            }
        }
    }

    private static IEnumerable<Mutant> Mutants(byte[] original) =>
        [.. SeededMutator.EveryBitFlip(original), .. SeededMutator.EveryTruncation(original), .. new SeededMutator(Seed).Mutate(original, Count)];
}
