using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>Mutants of an OCSP response, and each fault of the test responder. Times are not compared: openssl knows only the present one.</summary>
internal static class OcspCases
{
    private static readonly OcspFault[] OfTime = [OcspFault.Stale, OcspFault.Future, OcspFault.ProducedInFuture, OcspFault.NoNextUpdate];

    // The foreign and the missing delegate are made with fresh keys, which no seed repeats; what is said of them does not depend on the key.
    public static IEnumerable<DiffCase> Faults(BaseWorld world)
    {
        foreach (var fault in Enum.GetValues<OcspFault>().Except(OfTime))
        {
            yield return Case(world, "fault " + fault, fault.ToString(), new TestOcspResponder(world.Root).RespondFor(world.Direct, fault));
            yield return Case(world, "fault of a delegate " + fault, fault.ToString(), new TestOcspResponder(world.Root, world.Responder).RespondFor(world.Direct, fault));
        }
    }

    public static IEnumerable<DiffCase> Raw(BaseWorld world, int seed, int count) => new SeededMutator(seed).Mutate(Valid(world, delegated: true), count)
        .Select(mutant => Case(world, "raw: " + mutant.How, "octets", mutant.Bytes));

    public static IEnumerable<DiffCase> Signed(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        for (var made = 0; made < count; made++)
        {
            var delegated = dice.Once(2);
            var basic = DerNode.Read(Valid(world, delegated)).Children![1].Children![0].Children![1].Children![0].Children!;
            var (der, how, where) = DerMutator.Mutate(basic[0].Encode(), dice, static (_, path) => path[0] switch
            {
                0 => "responderID",
                1 => "producedAt",
                2 when path.Length > 2 => "single " + "certID certStatus thisUpdate nextUpdate".Split(' ').ElementAtOrDefault(path[2]),
                2 => "responses",
                _ => "extensions",
            });
            var key = delegated ? world.Responder.Key : world.Root.Key;
            byte[] response = TestDer.Sequence(der, basic[1].Encode(), TestDer.BitString(key.Sign(der)), delegated ? basic[3].Encode() : []);
            yield return Case(world, how, where, TestDer.Sequence(
                TestDer.Enumerated(0), TestDer.Context(0, TestDer.Sequence(TestDer.Oid("1.3.6.1.5.5.7.48.1.1"), TestDer.OctetString(response)))));
        }
    }

    private static byte[] Valid(BaseWorld world, bool delegated) =>
        new TestOcspResponder(world.Root, delegated ? world.Responder : null).RespondFor(world.Direct, OcspFault.None, builder => builder.WithNonce([.. Enumerable.Repeat((byte)7, 32)]));

    private static DiffCase Case(BaseWorld world, string how, string where, byte[] response) => new()
    {
        Category = "ocsp",
        How = how,
        Where = where,
        Target = world.Direct.Der,
        Anchor = world.Root.Certificate.Der,
        Ocsp = response,
        At = world.Now,
    };
}
