using MedId.Testing;

namespace MedId.Pki.Tests.Paths;

/// <summary>Policies and name constraints over whole paths, and the inputs of RFC 5280 §6.1.1.</summary>
public sealed class PathPolicyTests
{
    private const string Any = PolicyInformation.AnyPolicy;
    private const string P1 = "2.999.1";
    private const string P2 = "2.999.2";

    [Fact]
    public void Validate_PolicyOfThePath_IsGiven()
    {
        var decision = World(P1, P1).Validate(PathWorld.Policy with { RequireExplicitPolicy = true });
        Assert.Equal([P1], decision.Policies);
    }

    [Theory]
    [InlineData(new[] { P1 }, true)]
    [InlineData(new[] { P1, P2 }, true)]
    [InlineData(new[] { P2 }, false)]
    [InlineData(new string[0], false)]
    [InlineData(new[] { Any }, true)]
    [InlineData(null, true)]
    public void Validate_InitialPolicies_DecideWhereAPolicyIsRequired(string[]? initial, bool accepted)
    {
        var policy = PathWorld.Policy with { InitialPolicies = initial, RequireExplicitPolicy = true };
        var decision = World(P1, P1).Validate(policy);
        Assert.Equal(accepted ? null : PkiErrorCodes.PolicyRequired, decision.Error?.Code);
        Assert.True(World(P1, P1).Validate(policy with { RequireExplicitPolicy = false }).IsAccepted);
    }

    [Fact]
    public void Validate_AnyPolicyAllTheWay_IsEveryInitialPolicy()
    {
        var decision = World(Any, Any).Validate(PathWorld.Policy with { InitialPolicies = [P2, P1], RequireExplicitPolicy = true });
        Assert.Equal([P1, P2], decision.Policies);
        Assert.Equal([Any], World(Any, Any).Validate().Policies);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Validate_InhibitAnyPolicy_TakesItsMeaning(bool inhibit, bool accepted) =>
        Assert.Equal(accepted, World(Any, P1).Validate(PathWorld.Policy with { RequireExplicitPolicy = true, InhibitAnyPolicy = inhibit }).IsAccepted);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Validate_InhibitPolicyMapping_TakesItsEffect(bool inhibit, bool accepted)
    {
        var world = new PathWorld(
            authority: b => b.With(TestExtensions.CertificatePolicies(P1)).With(TestExtensions.PolicyMappings((P1, P2))), target: b => b.With(TestExtensions.CertificatePolicies(P2)));
        var decision = world.Validate(PathWorld.Policy with { RequireExplicitPolicy = true, InhibitPolicyMapping = inhibit });
        Assert.Equal(accepted, decision.IsAccepted);
        Assert.Equal(accepted ? [P1] : [], decision.Policies);
    }

    [Theory]
    [InlineData("CN=Taro Test,C=JP", true)]
    [InlineData("C=jp", true)]
    [InlineData("C=US", false)]
    public void Validate_PermittedByTheCaller_IsTheOnlyPlace(string subtree, bool accepted)
    {
        var policy = PathWorld.Policy with { PermittedSubtrees = [Directory(subtree)] };
        var decision = new PathWorld().Validate(policy with { PermittedSubtrees = [Directory(subtree), Directory("CN=CA,C=JP")] });
        Assert.Equal(accepted ? null : PkiErrorCodes.NameNotPermitted, decision.Error?.Code);
    }

    [Fact]
    public void Validate_ExcludedByTheCaller_IsRefused()
    {
        var decision = new PathWorld().Validate(PathWorld.Policy with { ExcludedSubtrees = [Directory("CN=Taro Test,C=JP")] });
        Assert.Equal(PkiErrorCodes.NameExcluded, decision.Error!.Code);
        Assert.Equal(0, decision.RefusedCertificate);
    }

    // What two CAs permit has to hold together.
    [Fact]
    public void Validate_TwoCasPermit_BothHaveToHold()
    {
        var world = new PathWorld(
            root: b => b.With(TestExtensions.NameConstraints([TestGeneralName.Dns("example.org")])),
            authority: b => b.With(TestExtensions.NameConstraints([TestGeneralName.Dns("a.example.org"), TestGeneralName.Dns("example.com")])),
            target: b => b.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns("www.a.example.org"))));
        Assert.True(world.Validate().IsAccepted);
        Assert.Equal(PkiErrorCodes.NameNotPermitted, Renamed(world, "www.example.org").Validate().Error!.Code);
        Assert.Equal(PkiErrorCodes.NameNotPermitted, Renamed(world, "example.com").Validate().Error!.Code);
    }

    public static TheoryData<string, TestGeneralName, TestGeneralName, string?> Constrained { get; } = new()
    {
        { "form that is not constrained", TestGeneralName.Dns("example.org"), TestGeneralName.Email("a@example.com"), null },
        { "otherName is not compared", TestGeneralName.OtherName("2.999.9", TestDer.Null), TestGeneralName.OtherName("2.999.9", TestDer.Null), PkiErrorCodes.NameConstraintUnsupported },
        { "otherName of another kind", TestGeneralName.OtherName("2.999.9", TestDer.Null), TestGeneralName.OtherName("2.999.8", TestDer.Null), null },
        { "registeredID is not compared", TestGeneralName.RegisteredId("2.999.9"), TestGeneralName.RegisteredId("2.999.9"), PkiErrorCodes.NameConstraintUnsupported },
        { "a form that is not compared and does not occur", TestGeneralName.RegisteredId("2.999.9"), TestGeneralName.Dns("example.org"), null },
        { "host with a dot in front", TestGeneralName.Dns(".example.org"), TestGeneralName.Dns("www.example.org"), PkiErrorCodes.NameConstraintUnsupported },
        { "host with a dot behind", TestGeneralName.Dns("example.org"), TestGeneralName.Dns("www.example.org."), PkiErrorCodes.NameNotPermitted },
        { "URI without a host", TestGeneralName.Uri("example.org"), TestGeneralName.Uri("urn:example:1"), PkiErrorCodes.NameNotPermitted },
        { "address in the network", TestGeneralName.Ip(192, 0, 2, 0, 255, 255, 255, 0), TestGeneralName.Ip(192, 0, 2, 77), null },
        { "address of the other family", TestGeneralName.Ip(192, 0, 2, 0, 255, 255, 255, 0), TestGeneralName.Ip(new byte[16]), PkiErrorCodes.NameNotPermitted },
        { "mask with holes", TestGeneralName.Ip(192, 0, 2, 0, 255, 0, 255, 0), TestGeneralName.Ip(192, 0, 2, 77), PkiErrorCodes.NameConstraintUnsupported },
    };

    [Theory]
    [MemberData(nameof(Constrained))]
    public void Validate_PermittedSubtree_HoldsForItsForm(string what, TestGeneralName permitted, TestGeneralName name, string? code)
    {
        var world = new PathWorld(authority: b => b.With(TestExtensions.NameConstraints([permitted])), target: b => b.With(TestExtensions.SubjectAlternativeName(name)));
        var decision = world.Validate();
        Assert.True(decision.Error?.Code == code, $"{what}: {decision.Error}");
    }

    // §4.2.1.10: without a mail address in the alternative name, the one in the subject counts.
    [Fact]
    public void Validate_MailAddressInTheSubject_IsConstrained()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), new() { Now = PathWorld.Now });
        var authority = root.CreateSubordinate(TestName.Common("CA"), profile: b => b.With(TestExtensions.NameConstraints([TestGeneralName.Email("example.org")])));
        PathDecision Judge(string mail) => PathWorld.Validate(authority.Issue(TestName.Of(("CN", "x"), ("E", mail))), [PathWorld.AnchorOf(root)], [authority.Certificate]);
        Assert.True(Judge("a@example.org").IsAccepted);
        Assert.Equal(PkiErrorCodes.NameNotPermitted, Judge("a@example.com").Error!.Code);
    }

    // Thousands of names below thousands of constraints: their product is not walked to its end.
    [Fact]
    public void Validate_MoreNamesTimesConstraintsThanAreCompared_IsRefusedByTheLimit()
    {
        var world = new PathWorld(
            authority: b => b.With(TestExtensions.NameConstraints(null, Enumerable.Range(0, 600).Select(i => TestGeneralName.Dns($"c{i}.example.org")))),
            target: b => b.With(TestExtensions.SubjectAlternativeName(Enumerable.Range(0, 600).Select(i => TestGeneralName.Dns($"n{i}.example.com")))));
        var decision = world.Validate();
        Assert.Equal(PkiErrorCodes.PathLimit, decision.Error!.Code);

        var state = new NameConstraintState();
        var constraints = PathWorld.Read(world.Authority.Certificate).Extensions.NameConstraints!;
        state.Add(constraints.Permitted, constraints.Excluded);
        state.Check(PathWorld.Read(world.Target));
        Assert.InRange(state.Comparisons, NameConstraintState.MaxComparisons, NameConstraintState.MaxComparisons + 1);
    }

    // Every CA maps every policy to every policy; nothing is needed of them, and it costs nothing to speak of.
    [Fact]
    public void Validate_PolicyExplosion_IsDecidedByTheGraph()
    {
        var names = Enumerable.Range(0, 16).Select(i => $"2.999.{i}").ToArray();
        (string, string)[] mappings = [.. from a in names from b in names select (a, b)];
        var authority = TestAuthority.CreateRoot(TestName.Common("Root"), new() { Now = PathWorld.Now });
        var root = authority;
        var chain = new List<TestCertificate>();
        for (var i = 0; i < 12; i++)
        {
            authority = authority.CreateSubordinate(
                TestName.Common($"CA {i}"),
                TestKey.Named("explosion", TestKeyKind.P256),
                profile: b => b.With(TestExtensions.CertificatePolicies(names)).With(TestExtensions.PolicyMappings(mappings)));
            chain.Add(authority.Certificate);
        }

        var target = authority.Issue(TestName.Common("Taro"), b => b.With(TestExtensions.CertificatePolicies(names[3])));
        var decision = PathWorld.Validate(target, [PathWorld.AnchorOf(root)], chain, PathWorld.Policy with { MaxPathLength = 20, RequireExplicitPolicy = true, InitialPolicies = [names[5]] });
        Assert.True(decision.IsAccepted);
        Assert.Equal([names[5]], decision.Policies);
    }

    private static PathWorld Renamed(PathWorld world, string dns) => new(
        root: b => Copy(world.Root.Certificate, b), authority: b => Copy(world.Authority.Certificate, b), target: b => b.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns(dns))));

    private static void Copy(TestCertificate from, TestCertificateBuilder to)
    {
        var constraints = PathWorld.Read(from).Extensions.Find(ExtensionOids.NameConstraints)!;
        to.With(new TestExtension(constraints.Oid, constraints.Critical, constraints.Value));
    }

    private static PathWorld World(string ofTheAuthority, string ofTheTarget) => new(
        authority: b => b.With(TestExtensions.CertificatePolicies(ofTheAuthority)), target: b => b.With(TestExtensions.CertificatePolicies(ofTheTarget)));

    private static GeneralSubtree Directory(string name) => new(new GeneralName.DirectoryName(DistinguishedName.ParseRfc4514(name).Value!));
}
