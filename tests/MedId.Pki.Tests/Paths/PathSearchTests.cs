using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests.Paths;

/// <summary>Which path is found among several, and that no certificate of strangers makes it cost more than its limits.</summary>
public sealed class PathSearchTests
{
    private static readonly DateTimeOffset Now = PathWorld.Now;
    private static readonly TestAuthorityOptions Options = new() { Now = Now };

    // JPKI has three roots of one name; the target says nothing about which of them signed it.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Validate_ThreeRootsOfOneName_FindsTheOneThatSigned(int which)
    {
        var roots = Enumerable.Range(0, 3).Select(i => TestAuthority.CreateRoot(TestName.Common("Root"), Options, TestKey.Named($"root{i}", TestKeyKind.P256))).ToArray();
        var target = roots[which].Issue(TestName.Common("Taro"), b => b.Without("2.5.29.35"));
        var anchors = roots.Select(PathWorld.AnchorOf).ToArray();
        var decision = PathWorld.Validate(target, anchors, []);
        Assert.True(decision.IsAccepted);
        Assert.Same(anchors[which], decision.Anchor);
        Assert.Equal(which + 1, decision.SignaturesVerified);
    }

    // With the hint, the right one is tried first.
    [Fact]
    public void Validate_HintOfTheKey_SparesTheOtherRoots()
    {
        var roots = Enumerable.Range(0, 3).Select(i => TestAuthority.CreateRoot(TestName.Common("Root"), Options, TestKey.Named($"root{i}", TestKeyKind.P256))).ToArray();
        var decision = PathWorld.Validate(roots[2].Issue(TestName.Common("Taro")), [.. roots.Select(PathWorld.AnchorOf)], []);
        Assert.True(decision.IsAccepted);
        Assert.Equal(1, decision.SignaturesVerified);
    }

    // A hint is no rule: a wrong one changes the order only.
    [Fact]
    public void Validate_WrongHint_ChangesNothing()
    {
        var roots = Enumerable.Range(0, 2).Select(i => TestAuthority.CreateRoot(TestName.Common("Root"), Options, TestKey.Named($"root{i}", TestKeyKind.P256))).ToArray();
        var target = roots[0].Issue(TestName.Common("Taro"), b => b.With(TestExtensions.AuthorityKeyIdentifier(roots[1].Key.Identifier)));
        var decision = PathWorld.Validate(target, [.. roots.Select(PathWorld.AnchorOf)], []);
        Assert.True(decision.IsAccepted);
        Assert.Equal(2, decision.SignaturesVerified);
    }

    [Fact]
    public void Validate_AnchorByNameAndKey_IsTrusted()
    {
        var world = new PathWorld();
        var key = PublicKey.FromSubjectPublicKeyInfo(world.Root.Key.SubjectPublicKeyInfo).Value!;
        var anchor = TrustAnchor.FromNameAndKey(DistinguishedName.Parse(world.Root.Name.Der).Value!, key, "pinned");
        var decision = PathWorld.Validate(world.Target, [anchor], [world.Authority.Certificate]);
        Assert.True(decision.IsAccepted);
        Assert.Equal("pinned", decision.Anchor.ToString());
        Assert.Null(decision.Anchor.Certificate);
    }

    [Fact]
    public void Validate_AnchorThatIsNotSelfSigned_EndsThePathThere()
    {
        var world = new PathWorld();
        var decision = PathWorld.Validate(world.Target, [PathWorld.AnchorOf(world.Authority)], []);
        Assert.True(decision.IsAccepted);
        Assert.Single(decision.Path);
    }

    [Fact]
    public void Validate_NoAnchor_IsRefused()
    {
        var world = new PathWorld();
        var decision = PathWorld.Validate(world.Target, [], [world.Authority.Certificate, world.Root.Certificate]);
        Assert.Equal(PkiErrorCodes.NoPath, decision.Error!.Code);
        Assert.Null(decision.Anchor);

        // As far as the names lead: whoever reads the refusal sees which root is not trusted.
        Assert.Equal(2, decision.RefusedCertificate);
        Assert.Equal(world.Root.Certificate.Der, decision.Path[2].RawData.ToArray());
    }

    [Fact]
    public void Validate_MissingIssuer_IsRefused() => Assert.Equal(PkiErrorCodes.NoPath, PathWorld.Validate(new PathWorld().Target, [new PathWorld().Anchor], []).Error!.Code);

    // A new key of the root, certified by the old one: the way over the self-issued certificate is found.
    [Fact]
    public void Validate_RolloverOfTheRoot_IsFoundOverTheSelfIssuedCertificate()
    {
        var old = TestAuthority.CreateRoot(TestName.Common("Root"), Options, TestKey.Named("old", TestKeyKind.P256), b => b.With(TestExtensions.BasicConstraints(true, 0)));
        var next = old.NextGeneration(TestKey.Named("new", TestKeyKind.P256));
        var newWithOld = next.CrossCertifiedBy(old);
        var target = next.Issue(TestName.Common("Taro"));
        var decision = PathWorld.Validate(target, [PathWorld.AnchorOf(old)], [newWithOld, next.Certificate]);
        Assert.True(decision.IsAccepted);
        Assert.Equal(2, decision.Path.Count);
        Assert.True(decision.Path[1].IsSelfIssued);
    }

    // The first way fails (its CA expired), the second holds.
    [Fact]
    public void Validate_OneOfTwoWaysFails_TheOtherIsAccepted()
    {
        var (good, bad) = (TestAuthority.CreateRoot(TestName.Common("Good"), Options), TestAuthority.CreateRoot(TestName.Common("Bad"), Options));
        var authority = good.CreateSubordinate(TestName.Common("CA"));
        var cross = authority.CrossCertifiedBy(bad, b => b.With(TestExtensions.NameConstraints(null, [TestGeneralName.Directory(TestName.Empty)])));
        var target = authority.Issue(TestName.Common("Taro"));
        Assert.True(PathWorld.Validate(target, [PathWorld.AnchorOf(good), PathWorld.AnchorOf(bad)], [cross, authority.Certificate]).IsAccepted);
        Assert.True(PathWorld.Validate(target, [PathWorld.AnchorOf(bad), PathWorld.AnchorOf(good)], [authority.Certificate, cross]).IsAccepted);
        Assert.Equal(PkiErrorCodes.NameExcluded, PathWorld.Validate(target, [PathWorld.AnchorOf(bad)], [authority.Certificate, cross]).Error!.Code);
    }

    [Fact]
    public void Validate_OrderOfTheEvidence_DecidesNothing()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options);
        var first = root.CreateSubordinate(TestName.Common("CA"));
        var again = Enumerable.Range(0, 4).Select(_ => first.CrossCertifiedBy(root)).ToArray();
        var target = first.Issue(TestName.Common("Taro"));
        var one = PathWorld.Validate(target, [PathWorld.AnchorOf(root)], again);
        var other = PathWorld.Validate(target, [PathWorld.AnchorOf(root)], again.Reverse());
        Assert.Equal(one.Path, other.Path);
    }

    [Theory]
    [InlineData(3, true)]
    [InlineData(2, false)]
    public void Validate_LongestPath_IsThePolicys(int length, bool accepted)
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options);
        var upper = root.CreateSubordinate(TestName.Common("Upper"));
        var lower = upper.CreateSubordinate(TestName.Common("Lower"));
        var decision = PathWorld.Validate(
            lower.Issue(TestName.Common("Taro")), [PathWorld.AnchorOf(root)], [upper.Certificate, lower.Certificate], PathWorld.Policy with { MaxPathLength = length });
        Assert.Equal(accepted ? null : PkiErrorCodes.PathLimit, decision.Error?.Code);
    }

    [Fact]
    public void Validate_SelfIssuedCertificates_DoNotCountForThePathLength()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options, profile: b => b.With(TestExtensions.BasicConstraints(true, 1)));
        var old = root.CreateSubordinate(TestName.Common("CA"), profile: b => b.With(TestExtensions.BasicConstraints(true, 0)));
        var next = TestAuthority.CreateRoot(old.Name, Options);
        var newWithOld = next.CrossCertifiedBy(old, b => b.With(TestExtensions.BasicConstraints(true, 0)));
        var target = next.Issue(TestName.Common("Taro"));
        Assert.True(PathWorld.Validate(target, [PathWorld.AnchorOf(root)], [old.Certificate, newWithOld]).IsAccepted);

        var below = old.CreateSubordinate(TestName.Common("Below"));
        Assert.Equal(PkiErrorCodes.PathLengthConstraint, PathWorld.Validate(below.Issue(TestName.Common("Taro")), [PathWorld.AnchorOf(root)], [old.Certificate, below.Certificate]).Error!.Code);
    }

    // Two CAs that certify each other, and no anchor above: names alone end the search, before a signature is verified.
    [Fact]
    public void Validate_CircleWithoutAnchor_EndsAtOnce()
    {
        var (a, b) = (TestAuthority.CreateRoot(TestName.Common("A"), Options), TestAuthority.CreateRoot(TestName.Common("B"), Options));
        var decision = PathWorld.Validate(a.Issue(TestName.Common("Taro")), [new PathWorld().Anchor], [a.CrossCertifiedBy(b), b.CrossCertifiedBy(a), a.Certificate, b.Certificate]);
        Assert.Equal(PkiErrorCodes.NoPath, decision.Error!.Code);
        Assert.Equal(0, decision.SignaturesVerified);
    }

    // Twelve CAs that all certify each other: more ways than could be walked. Each pair is verified once at most, and the search ends by its limits.
    [Fact]
    public void Validate_MeshWhereEveryWayFails_IsBounded()
    {
        var mesh = Enumerable.Range(0, 12).Select(i => TestAuthority.CreateRoot(TestName.Common($"CA {i}"), Options, TestKey.Named($"mesh{i}", TestKeyKind.P256))).ToArray();
        var cross = mesh.SelectMany(a => mesh.Where(b => a != b).Select(b => a.CrossCertifiedBy(b))).ToArray();
        var target = mesh[0].Issue(TestName.Common("Taro"), b => b.Valid(Now.AddYears(-2), Now.AddYears(-1)));
        var policy = PathWorld.Policy with { MaxSignatures = 1000 };
        var decision = PathWorld.Validate(target, [PathWorld.AnchorOf(mesh[11])], cross, policy);
        Assert.Equal(PkiErrorCodes.Expired, decision.Error!.Code);
        Assert.InRange(decision.SignaturesVerified, 1, cross.Length + 1);
    }

    [Fact]
    public void Validate_MeshWithGoodTarget_IsAcceptedByTheShortestWay()
    {
        var mesh = Enumerable.Range(0, 12).Select(i => TestAuthority.CreateRoot(TestName.Common($"CA {i}"), Options, TestKey.Named($"mesh{i}", TestKeyKind.P256))).ToArray();
        var cross = mesh.SelectMany(a => mesh.Where(b => a != b).Select(b => a.CrossCertifiedBy(b))).ToArray();
        var decision = PathWorld.Validate(mesh[0].Issue(TestName.Common("Taro")), [PathWorld.AnchorOf(mesh[11])], cross);
        Assert.True(decision.IsAccepted);
        Assert.Equal(2, decision.Path.Count);
        Assert.Equal(2, decision.SignaturesVerified);
    }

    // A crowd of certificates with the issuer's name and other keys: each costs one verification, and no more than policy allows are verified.
    [Theory]
    [InlineData(60, 100, null)]
    [InlineData(60, 20, PkiErrorCodes.PathLimit)]
    public void Validate_ManyIssuersOfOneName_AreBoundedByTheSignatures(int crowd, int allowed, string? code)
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options);
        var real = root.CreateSubordinate(TestName.Common("CA"));
        var others = Enumerable.Range(0, crowd).Select(i => root.CreateSubordinate(TestName.Common("CA"), TestKey.Named($"crowd{i}", TestKeyKind.P256), profile: b => b.Without("2.5.29.14")).Certificate);
        var target = real.Issue(TestName.Common("Taro"), b => b.With(TestExtensions.AuthorityKeyIdentifier([1, 2, 3])));
        var decision = PathWorld.Validate(target, [PathWorld.AnchorOf(root)], [.. others, real.Certificate], PathWorld.Policy with { MaxSignatures = allowed });

        // The real one has an identifier that is not the hinted one, so it comes last.
        Assert.Equal(code, decision.Error?.Code);
        Assert.InRange(decision.SignaturesVerified, 1, allowed);
        Assert.Equal(code is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused, decision.Outcome);
    }

    // A chain of five hundred certificates below one anchor: too long by the names, so not one signature is verified.
    [Fact]
    public void Validate_DeepChain_IsRefusedWithoutWork()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options);
        var chain = new List<TestCertificate>();
        var authority = root;
        for (var i = 0; i < 500; i++)
        {
            authority = authority.CreateSubordinate(TestName.Common($"CA {i}"), TestKey.Named("deep", TestKeyKind.P256));
            chain.Add(authority.Certificate);
        }

        var decision = PathWorld.Validate(authority.Issue(TestName.Common("Taro")), [PathWorld.AnchorOf(root)], chain, PathWorld.Policy with { MaxPathLength = 64 });
        Assert.Equal(PkiErrorCodes.PathLimit, decision.Error!.Code);
        Assert.Equal(0, decision.SignaturesVerified);
    }

    // More ways than are checked, all of which reach the anchor: the count of paths ends it.
    [Fact]
    public void Validate_MoreWaysThanAreChecked_EndsByTheirCount()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Root"), Options);
        var authority = root.CreateSubordinate(TestName.Common("CA"));
        var again = Enumerable.Range(0, PathSearch.MaxPaths + 10).Select(_ => authority.CrossCertifiedBy(root)).ToArray();
        var target = authority.Issue(TestName.Common("Taro"), b => b.Valid(Now.AddYears(-2), Now.AddYears(-1)));
        var decision = PathWorld.Validate(target, [PathWorld.AnchorOf(root)], again, PathWorld.Policy with { MaxSignatures = 1000 });
        Assert.Equal(PkiErrorCodes.Expired, decision.Error!.Code);
        Assert.Equal(PathSearch.MaxPaths + 1, decision.SignaturesVerified);
    }
}
