using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using MedId.Testing;

namespace MedId.Pki.Differential.Tests;

/// <summary>Chains of two to four certificates whose extensions are thrown by dice: well-formed, and right or wrong by RFC 5280 §6.</summary>
internal static class ChainCases
{
    private static readonly string[] Policies = ["2.999.1", "2.999.2", "2.999.3"];

    public static IEnumerable<DiffCase> All(BaseWorld world, int seed, int count)
    {
        var dice = new Dice(seed);
        var keys = Enumerable.Range(0, 3).Select(index => TestKey.Named("differential chain " + index.ToString(CultureInfo.InvariantCulture), TestKeyKind.Rsa2048)).ToArray();
        for (var made = 0; made < count; made++)
        {
            yield return Chain(world, dice, keys);
        }
    }

    private static DiffCase Chain(BaseWorld world, Dice dice, TestKey[] keys)
    {
        List<string> how = [];
        var above = world.Root;
        List<byte[]> between = [];
        var length = dice.Next(3);
        for (var index = 0; index < length; index++)
        {
            var name = dice.Once(10) ? above.Name : BaseWorld.Name("LAB authority " + index.ToString(CultureInfo.InvariantCulture));
            above = above.CreateSubordinate(name, keys[index], profile: builder => Authority(builder, dice, how));
            between.Add(above.Certificate.Der);
        }

        var target = above.Issue(dice.Once(8) ? TestName.Of(("C", "US"), ("O", "OTHER"), ("CN", "x")) : BaseWorld.Name("LAB target"), world.TargetKey, builder => Target(builder, dice, how));
        var policy = dice.Once(2) ? Policies[dice.Next(2)] : null;
        return new()
        {
            Category = "chain",
            How = string.Join("; ", how) + (policy is null ? string.Empty : "; asked " + policy),
            Where = string.Join('+', how.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)),
            Target = target.Der,
            Intermediates = between,
            Anchor = world.Root.Certificate.Der,
            Policy = policy,
            At = world.Now,
        };
    }

    private static void Authority(TestCertificateBuilder builder, Dice dice, List<string> how)
    {
        void Sometimes(int times, string what, Action<TestCertificateBuilder> change)
        {
            if (dice.Once(times))
            {
                how.Add(what);
                change(builder);
            }
        }

        Sometimes(3, "pathLen", b => b.With(TestExtensions.BasicConstraints(isCa: true, pathLength: dice.Next(2))));
        Sometimes(20, "notCa", b => b.With(TestExtensions.BasicConstraints(isCa: false)));
        Sometimes(20, "noBasicConstraints", b => b.Without("2.5.29.19"));
        Sometimes(15, "basicConstraintsNotCritical", b => b.With(TestExtensions.BasicConstraints(isCa: true) with { Critical = false }));
        Sometimes(15, "noKeyUsage", b => b.Without("2.5.29.15"));
        Sometimes(20, "otherKeyUsage", b => b.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature)));
        Sometimes(15, "noKeyIdentifiers", b => b.Without("2.5.29.35").Without("2.5.29.14"));
        Sometimes(20, "otherAuthorityKeyIdentifier", b => b.With(TestExtensions.AuthorityKeyIdentifier([1, 2, 3, 4])));
        Sometimes(30, "unknownCritical", b => b.With(TestExtensions.Unknown(critical: true)));
        Sometimes(10, "unknown", b => b.With(TestExtensions.Unknown(critical: false)));
        Sometimes(25, "expired", b => b.NotAfter = b.NotAfter.AddYears(-12));
        Sometimes(8, "extendedKeyUsage", b => b.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.1")));
        if (!dice.Once(5))
        {
            builder.With(TestExtensions.CertificatePolicies(dice.Once(3) ? ["2.5.29.32.0"] : dice.Once(2) ? ["2.999.1"] : ["2.999.1", "2.999.2"]));
        }

        Sometimes(5, "policyMappings", b => b.With(TestExtensions.PolicyMappings(
            (dice.Of("2.999.1", "2.999.2", "2.999.1", "2.5.29.32.0"), dice.Of("2.999.2", "2.999.3", "2.999.1", "2.999.2", "2.5.29.32.0")))));
        Sometimes(6, "policyConstraints", b => b.With(TestExtensions.PolicyConstraints(dice.Once(2) ? dice.Next(3) : null, dice.Next(2))));
        Sometimes(8, "inhibitAnyPolicy", b => b.With(TestExtensions.InhibitAnyPolicy(dice.Next(2))));
        Sometimes(4, "nameConstraints", b => b.With(dice.Next(6) switch
        {
            0 => TestExtensions.NameConstraints(permitted: [TestGeneralName.Dns(dice.Of("lab.example", ".lab.example", "example", string.Empty, "target.lab.example"))]),
            1 => TestExtensions.NameConstraints(excluded: [TestGeneralName.Dns(dice.Of("lab.example", "other.example", "target.lab.example"))]),
            2 => TestExtensions.NameConstraints(permitted: [TestGeneralName.Directory(dice.Of(TestName.Of(("C", "JP")), TestName.Of(("C", "JP"), ("O", "lab ")), TestName.Of(("C", "US"))))]),
            3 => TestExtensions.NameConstraints(excluded: [TestGeneralName.Directory(dice.Of(TestName.Of(("C", "US")), TestName.Of(("C", "JP"), ("O", "LAB"))))]),
            4 => TestExtensions.NameConstraints(permitted: [TestGeneralName.Email(dice.Of("lab.example", ".lab.example", "target@lab.example", "TARGET@lab.example"))]),
            _ => TestExtensions.NameConstraints(permitted: [TestGeneralName.Ip(192, 0, 2, 0, 255, 255, 255, dice.Of<byte>(0, 128, 255)), TestGeneralName.Uri(dice.Of("lab.example", ".lab.example"))]),
        }));
    }

    private static void Target(TestCertificateBuilder builder, Dice dice, List<string> how)
    {
        if (!dice.Once(5))
        {
            builder.With(TestExtensions.CertificatePolicies(dice.Once(6) ? ["2.5.29.32.0"] : [Policies[dice.Next(3)]]));
        }

        List<TestGeneralName> names = [];
        if (dice.Once(2))
        {
            names.Add(TestGeneralName.Dns(dice.Of("target.lab.example", "lab.example", "TARGET.LAB.EXAMPLE", "other.example", "xlab.example", "*.lab.example")));
        }

        if (dice.Once(3))
        {
            names.Add(TestGeneralName.Email(dice.Of("target@lab.example", "target@LAB.example", "target@sub.lab.example", "x@other.example")));
        }

        if (dice.Once(4))
        {
            names.Add(dice.Once(2) ? TestGeneralName.Ip(192, 0, 2, (byte)dice.Next(256)) : TestGeneralName.Uri(dice.Of("https://target.lab.example/", "https://lab.example:8443/x", "https://192.0.2.1/", "urn:x:y")));
        }

        if (names.Count > 0)
        {
            builder.With(TestExtensions.SubjectAlternativeName(names));
        }

        if (dice.Once(25))
        {
            how.Add("targetUnknownCritical");
            builder.With(TestExtensions.Unknown(critical: true));
        }

        if (dice.Once(15))
        {
            how.Add("targetVersion1");
            builder.Version = 1;
            builder.Extensions.Clear();
        }

        if (dice.Once(25))
        {
            how.Add("targetNotYetValid");
            builder.NotBefore = builder.NotBefore.AddYears(3);
        }

        if (dice.Once(15))
        {
            how.Add("targetIsCa");
            builder.With(TestExtensions.BasicConstraints(isCa: true)).With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyCertSign));
        }
    }
}
