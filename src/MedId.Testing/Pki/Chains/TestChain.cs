using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>Root, intermediate, target and their CRLs; right, or wrong in one way. Valid for <see cref="Policy"/>, digitalSignature and clientAuth.</summary>
public sealed class TestChain
{
    /// <summary>The policy of the chain.</summary>
    public const string Policy = "2.999.1";

    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";

    private TestChain(TestAuthority root, TestAuthority intermediate, TestCertificate target) => (Root, Intermediate, Target) = (root, intermediate, target);

    /// <summary>The root; its certificate is the anchor.</summary>
    public TestAuthority Root { get; }

    /// <summary>The authority that issued the target, or seems to have.</summary>
    public TestAuthority Intermediate { get; }

    /// <summary>The certificate that is judged.</summary>
    public TestCertificate Target { get; }

    /// <summary>The certificates between target and anchor that are given.</summary>
    public IReadOnlyList<TestCertificate> Intermediates { get; private init; } = [];

    /// <summary>The CRLs that are given.</summary>
    public IReadOnlyList<byte[]> Crls { get; private init; } = [];

    /// <summary>The instant at which it is judged.</summary>
    public DateTimeOffset At => Root.Options.Now;

    /// <summary>Makes a chain.</summary>
    /// <param name="fault">What is wrong with it.</param>
    /// <param name="options">Instant, keys, seed.</param>
    public static TestChain Create(PkiFault fault = PkiFault.None, TestAuthorityOptions? options = null)
    {
        options ??= new();
        var root = TestAuthority.CreateRoot(Name("LAB root"), options, profile: builder => builder.NotAfter = fault == PkiFault.AnchorExpired ? options.Now.AddSeconds(-1) : builder.NotAfter);
        var key = fault == PkiFault.WeakIntermediateKey ? TestKey.Create(TestKeyKind.Rsa1024) : null;
        var intermediate = root.CreateSubordinate(Name("LAB intermediate"), key, profile: builder => ChainFaults.ApplyToIntermediate(fault, builder, options.Now));
        var issuer = fault == PkiFault.PathTooLong ? intermediate.CreateSubordinate(Name("LAB intermediate below"), profile: WithPolicy) : intermediate;
        var target = issuer.Issue(Name("LAB target"), WithPolicy, WithPurpose, builder => ChainFaults.ApplyToTarget(fault, builder, options.Now));
        if (fault == PkiFault.Revoked)
        {
            issuer.Revoke(target, reason: 1);
        }

        if (fault == PkiFault.IntermediateRevoked)
        {
            root.Revoke(intermediate.Certificate, reason: 2);
        }

        List<TestCertificate> between = fault == PkiFault.IntermediateMissing ? [] : [intermediate.Certificate];
        List<byte[]> crls = [root.CreateCrl()];
        if (fault != PkiFault.CrlMissing)
        {
            crls.Add(intermediate.CreateCrl(fault == PkiFault.CrlStale ? CrlFault.Stale : CrlFault.None));
        }

        if (issuer != intermediate)
        {
            between.Add(issuer.Certificate);
            crls.Add(issuer.CreateCrl());
        }

        return new(root, intermediate, target) { Intermediates = between, Crls = crls };
    }

    internal static void WithPolicy(TestCertificateBuilder builder) => builder.With(TestExtensions.CertificatePolicies(Policy));

    private static void WithPurpose(TestCertificateBuilder builder) => builder
        .With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature))
        .With(TestExtensions.ExtendedKeyUsage(ClientAuth))
        .With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns("target.lab.example")));

    private static TestName Name(string common) => TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", common));
}
