using System.Globalization;
using MedId.Testing;
using MedId.TestSupport;

namespace MedId.Pki.Differential.Tests;

/// <summary>Mutants of certificates: octets of the whole, and values of the signed part that is then signed again.</summary>
internal static class CertificateCases
{
    private static readonly string[] Fields = ["serialNumber", "signature", "issuer", "validity", "subject", "subjectPublicKeyInfo"];

    public static IEnumerable<DiffCase> Raw(BaseWorld world, int seed, int count) => new SeededMutator(seed).Mutate(world.Target.Der, count)
        .Select(mutant => Case(world, "certificate", "raw: " + mutant.How, "octets") with { Target = mutant.Bytes });

    public static IEnumerable<DiffCase> SignedTargets(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        for (var made = 0; made < count; made++)
        {
            var (der, how, where) = Mutate(world.Target.Der, world.Intermediate.Key, dice);
            yield return Case(world, "target", how, where) with { Target = der };
        }
    }

    public static IEnumerable<DiffCase> SignedIntermediates(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        for (var made = 0; made < count; made++)
        {
            var (der, how, where) = Mutate(world.Intermediate.Certificate.Der, world.Root.Key, dice);
            yield return Case(world, "intermediate", how, where) with { Intermediates = [der] };
        }
    }

    private static DiffCase Case(BaseWorld world, string category, string how, string where) => new()
    {
        Category = category,
        How = how,
        Where = where,
        Target = world.Target.Der,
        Intermediates = [world.Intermediate.Certificate.Der],
        Anchor = world.Root.Certificate.Der,
        At = world.Now,
    };

    private static (byte[] Der, string How, string Where) Mutate(byte[] certificate, TestKey key, Dice dice)
    {
        var children = DerNode.Read(certificate).Children!;
        var (signed, how, where) = DerMutator.Mutate(children[0].Encode(), dice, WhereOf);
        return (BaseWorld.SignAgain(signed, children[1].Encode(), key), how, where);
    }

    // The signed part: [0] version, six fields, [3] extensions.
    private static string WhereOf(DerNode signed, int[] path)
    {
        var field = signed.Children![path[0]];
        if (field.Tag == 0xA0)
        {
            return "version";
        }

        if (field.Tag != 0xA3)
        {
            return path[0] is >= 1 and <= 6 ? Fields[path[0] - 1] : "other";
        }

        return path.Length < 3 ? "extensions" : ExtensionName(field.Children![0].Children![path[2]]);
    }

    internal static string ExtensionName(DerNode extension)
    {
        // Two octets 55 1D and the arc are every extension of X.509; others keep their octets.
        var oid = extension.Children is [{ Tag: 0x06 } first, ..] ? first.Content : [];
        return oid is [0x55, 0x1D, var arc] ? "2.5.29." + arc.ToString(CultureInfo.InvariantCulture) : "extension " + Convert.ToHexString(oid);
    }
}
