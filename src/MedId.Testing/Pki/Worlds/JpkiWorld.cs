namespace MedId.Testing;

/// <summary>A synthetic world in the shape of Japan's public personal authentication (JPKI): production and test hierarchies, card and phone. None of its keys is a real one's.</summary>
public sealed class JpkiWorld
{
    private readonly Lazy<JpkiHierarchy> _production;
    private readonly Lazy<JpkiHierarchy> _test;
    private readonly Lazy<JpkiHierarchy> _foreign;
    private int _codes;

    private JpkiWorld(string label, JpkiProfile profile, TestAuthorityOptions options)
    {
        Label = label;
        Profile = profile;
        Options = options;
        _production = new(() => new(this, "JPKI", options, isTest: false));
        _test = new(() => new(this, "JPKI-TEST", options, isTest: true));
        _foreign = new(() => Create("foreign to " + label, profile, options with { Seed = options.Seed + 1 }).Production);
    }

    /// <summary>The hierarchy in the shape of production.</summary>
    public JpkiHierarchy Production => _production.Value;

    /// <summary>The hierarchy in the shape of test cards.</summary>
    public JpkiHierarchy Test => _test.Value;

    /// <summary>The OIDs.</summary>
    public JpkiProfile Profile { get; }

    /// <summary>Instant, seed and address.</summary>
    public TestAuthorityOptions Options { get; }

    internal string Label { get; }

    internal JpkiHierarchy Foreign => _foreign.Value;

    /// <summary>Makes a world. Worlds of one label have the same authority keys within a process; a new world has revoked nothing.</summary>
    /// <param name="label">Tells worlds apart.</param>
    /// <param name="profile">The OIDs.</param>
    /// <param name="options">Instant, seed and address; key kinds are the world's own.</param>
    public static JpkiWorld Create(string label = "lab", JpkiProfile? profile = null, TestAuthorityOptions? options = null) => new("JPKI " + label, profile ?? new(), options ?? new());

    /// <summary>Issues a certificate for signing (署名用).</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="hierarchy">Production when null.</param>
    public TestCertificate IssueSigning(JpkiCertificateRequest? request = null, JpkiHierarchy? hierarchy = null) =>
        JpkiIssuer.Issue(hierarchy ?? Production, request ?? new(), forSigning: true, Interlocked.Increment(ref _codes));

    /// <summary>Issues a certificate for user authentication (利用者証明用).</summary>
    /// <param name="request">What it is to be.</param>
    /// <param name="hierarchy">Production when null.</param>
    public TestCertificate IssueAuthentication(JpkiCertificateRequest? request = null, JpkiHierarchy? hierarchy = null) =>
        JpkiIssuer.Issue(hierarchy ?? Production, request ?? new(), forSigning: false, Interlocked.Increment(ref _codes));

    /// <summary>The authority that issued a certificate of this world; revoke there.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <exception cref="ArgumentException">Of another world, or of a root that is foreign on purpose.</exception>
    public TestAuthority IssuerOf(TestCertificate certificate) =>
        new[] { Production, Test }.SelectMany(hierarchy => hierarchy.Signing.Concat(hierarchy.Authentication)).FirstOrDefault(authority => authority.Key == certificate.IssuerKey)
        ?? throw new ArgumentException("No authority of this world issued it.", nameof(certificate));
}
