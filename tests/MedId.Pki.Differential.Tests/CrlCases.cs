using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>Mutants of a CRL, and CRLs whose times, scope and entries are thrown by dice.</summary>
internal static class CrlCases
{
    private static readonly string[] Fields = ["version", "signature", "issuer", "thisUpdate", "nextUpdate", "revokedCertificates", "extensions"];

    public static IEnumerable<DiffCase> Raw(BaseWorld world, int seed, int count) => new SeededMutator(seed).Mutate(Valid(world), count)
        .Select(mutant => Case(world, "raw: " + mutant.How, "octets", mutant.Bytes));

    public static IEnumerable<DiffCase> Signed(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        var children = DerNode.Read(Valid(world)).Children!;
        var (body, algorithm) = (children[0].Encode(), children[1].Encode());
        for (var made = 0; made < count; made++)
        {
            var (der, how, where) = DerMutator.Mutate(body, dice, WhereOf);
            yield return Case(world, how, where, BaseWorld.SignAgain(der, algorithm, world.Root.Key));
        }
    }

    public static IEnumerable<DiffCase> Shapes(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        for (var made = 0; made < count; made++)
        {
            List<string> how = [];
            var crl = world.Root.CreateCrl(builder => Throw(builder, world, dice, how));
            yield return Case(world, string.Join("; ", how), string.Join('+', how.Order(StringComparer.Ordinal)), crl);
        }
    }

    private static byte[] Valid(BaseWorld world) => world.Root.CreateCrl(builder =>
    {
        builder.With(TestCrlExtensions.Number(7))
            .Within(new() { FullName = [TestGeneralName.Directory(BaseWorld.PointName)], OnlyUserCertificates = true })
            .Revoke([0x01], world.Now.AddDays(-3), reason: 1)
            .Revoke([0x01, 0x02], world.Now.AddDays(-2), reason: null, TestCrlExtensions.InvalidityDate(world.Now.AddDays(-4)))
            .Revoke([0x7F, 0x01, 0x02, 0x03], world.Now.AddDays(-1));
    });

    private static void Throw(TestCrlBuilder builder, BaseWorld world, Dice dice, List<string> how)
    {
        void Sometimes(int times, string what, Action change)
        {
            if (dice.Once(times))
            {
                how.Add(what);
                change();
            }
        }

        builder.With(TestCrlExtensions.Number(7));
        Sometimes(4, "revoked", () => builder.Revoke(world.Direct.SerialNumber, world.Now.AddDays(-1), dice.Of<int?>(null, 0, 1, 3, 4, 5, 6, 8, 9)));
        Sometimes(10, "revokedLater", () => builder.Revoke(world.Direct.SerialNumber, world.Now.AddDays(1), reason: 1));
        Sometimes(2, "otherEntries", () => builder.Revoke([0x02], world.Now.AddDays(-1), dice.Next(11)).Revoke([0x03], world.Now.AddDays(-1)));
        Sometimes(15, "criticalEntryExtension", () => builder.Revoke([0x04], world.Now.AddDays(-1), extensions: TestExtensions.Unknown(critical: true)));
        Sometimes(15, "entryExtension", () => builder.Revoke([0x04], world.Now.AddDays(-1), extensions: TestExtensions.Unknown(critical: false)));
        Sometimes(15, "criticalExtension", () => builder.With(TestExtensions.Unknown(critical: true)));
        Sometimes(12, "stale", () => builder.NextUpdate = world.Now.AddSeconds(dice.Of(-1, 0, -3600)));
        Sometimes(12, "future", () => builder.ThisUpdate = world.Now.AddSeconds(dice.Of(1, 0, 60)));
        Sometimes(15, "noNextUpdate", () => builder.NextUpdate = null);
        Sometimes(12, "noKeyIdentifier", () => builder.Without("2.5.29.35"));
        Sometimes(15, "otherKeyIdentifier", () => builder.With(TestExtensions.AuthorityKeyIdentifier([9, 9, 9])));
        Sometimes(15, "noNumber", () => builder.Without("2.5.29.20"));
        Sometimes(15, "version1", () =>
        {
            builder.Version = 1;
            builder.Extensions.Clear();
        });
        Sometimes(15, "delta", () => builder.DeltaTo(dice.Next(7)));
        Sometimes(15, "freshest", () => builder.With(TestCrlExtensions.FreshestCrl(TestDistributionPoint.At("http://lab.example/delta"))));
        Sometimes(20, "otherIssuer", () => builder.Issuer = BaseWorld.Name("LAB other"));
        Sometimes(2, "scope", () => builder.Within(new()
        {
            FullName = dice.Next(4) switch
            {
                0 => [],
                1 => [TestGeneralName.Directory(BaseWorld.Name("LAB elsewhere"))],
                2 => [TestGeneralName.Uri("http://lab.example/crl"), TestGeneralName.Directory(TestName.Of(("C", "JP"), ("O", "lab"), ("CN", "lab  POINT")))],
                _ => [TestGeneralName.Directory(BaseWorld.PointName)],
            },
            OnlyUserCertificates = dice.Once(3),
            OnlyCaCertificates = dice.Once(8),
            OnlyAttributeCertificates = dice.Once(12),
            Indirect = dice.Once(6),
            OnlySomeReasons = dice.Once(8) ? dice.Of<IReadOnlyList<int>>([1], [1, 2, 3, 4, 5, 6, 7, 8]) : null,
        }));
    }

    private static DiffCase Case(BaseWorld world, string how, string where, byte[] crl) => new()
    {
        Category = "crl",
        How = how,
        Where = where,
        Target = world.Direct.Der,
        Anchor = world.Root.Certificate.Der,
        Crl = crl,
        At = world.Now,
    };

    private static string WhereOf(DerNode signed, int[] path) =>
        path[0] == 6 && path.Length > 2 ? CertificateCases.ExtensionName(signed.Children![6].Children![0].Children![path[2]]) : path[0] < Fields.Length ? Fields[path[0]] : "other";
}
