using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests.Paths;

/// <summary>A root, a CA below it and somebody below that; what a test does not say is as it should be.</summary>
internal sealed class PathWorld
{
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly PathPolicy Policy = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.NotRequired };

    public PathWorld(
        Action<TestCertificateBuilder>? root = null, Action<TestCertificateBuilder>? authority = null, Action<TestCertificateBuilder>? target = null, TestKeyKind kind = TestKeyKind.P256)
    {
        Root = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("CN", "Root")), new() { Now = Now, KeyKind = kind, EndEntityKeyKind = kind }, TestKey.Named("root", kind), root);
        Authority = Root.CreateSubordinate(TestName.Of(("C", "JP"), ("CN", "CA")), TestKey.Named("ca", kind), profile: authority);
        Target = Authority.Issue(TestName.Of(("C", "JP"), ("CN", "Taro Test")), target ?? (_ => { }));
    }

    public TestAuthority Root { get; }

    public TestAuthority Authority { get; }

    public TestCertificate Target { get; }

    public TrustAnchor Anchor => TrustAnchor.FromCertificate(Read(Root.Certificate));

    public PathDecision Validate(PathPolicy? policy = null, DateTimeOffset? at = null) => Validate(Target, [Anchor], [Authority.Certificate], policy, at);

    public static PathDecision Validate(
        TestCertificate target, IReadOnlyCollection<TrustAnchor> anchors, IEnumerable<TestCertificate> certificates, PathPolicy? policy = null, DateTimeOffset? at = null) =>
        PathValidator.Validate(Read(target), anchors, new PathEvidence { Certificates = [.. certificates.Select(Read)] }, policy ?? Policy, at ?? Now);

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    public static TrustAnchor AnchorOf(TestAuthority authority) => TrustAnchor.FromCertificate(Read(authority.Certificate));
}
