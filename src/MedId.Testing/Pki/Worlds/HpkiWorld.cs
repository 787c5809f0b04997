using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>A synthetic world in the shape of Japan's healthcare PKI (HPKI): a ministry's root, an authority for each use, certificates with hcRole. None of its keys is a real one's.</summary>
public sealed class HpkiWorld
{
    private const string Host = "http://hpki.lab.invalid";

    private readonly string _label;
    private readonly Lazy<HpkiWorld> _foreign;

    private HpkiWorld(string label, TestAuthorityOptions options)
    {
        _label = label;
        Options = options with { KeyKind = TestKeyKind.Rsa2048, EndEntityKeyKind = TestKeyKind.Rsa2048 };
        _foreign = new(() => new("foreign to " + label, options with { Seed = options.Seed + 1 }));
        Root = TestAuthority.CreateRoot(RootName, Options, Key("root"), RootProfile);
        Signature = Subordinate("HPKI-01-LabSignCA2-forNonRepudiation", HpkiUse.Signature);
        Authentication = Subordinate("HPKI-01-LabAuthCA2-forAuthentication-forIndividual", HpkiUse.Authentication);
        Organisation = Subordinate("HPKI-01-LabOrgCA2-forAuthentication-forOrganization", HpkiUse.Organisation);
    }

    /// <summary>The root.</summary>
    public TestAuthority Root { get; }

    /// <summary>The authority for signing.</summary>
    public TestAuthority Signature { get; }

    /// <summary>The authority for the authentication of persons.</summary>
    public TestAuthority Authentication { get; }

    /// <summary>The authority for the authentication of organisations.</summary>
    public TestAuthority Organisation { get; }

    /// <summary>Instant, seed and address.</summary>
    public TestAuthorityOptions Options { get; }

    /// <summary>The world whose root has this one's name and another key; <see cref="HpkiFault.ForeignRoot"/> issues there.</summary>
    public HpkiWorld Foreign => _foreign.Value;

    /// <summary>The certificates of the authorities below the root.</summary>
    public IEnumerable<TestCertificate> Intermediates => [Signature.Certificate, Authentication.Certificate, Organisation.Certificate];

    private static TestName RootName { get; } = TestName.Of(
        ("C", "JP"), ("O", "Ministry of Health, Labour and Welfare"), ("OU", "Director-General for Policy Planning and Evaluation"), ("OU", "LAB HPKI Root CA V2"));

    private string Address => Options.BaseUri ?? Host;

    /// <summary>Makes a world. Worlds of one label have the same authority keys within a process; a new world has revoked nothing.</summary>
    /// <param name="label">Tells worlds apart.</param>
    /// <param name="options">Instant, seed and address; key kinds are the world's own.</param>
    public static HpkiWorld Create(string label = "lab", TestAuthorityOptions? options = null) => new("HPKI " + label, options ?? new());

    /// <summary>The policy of a use and level: 1.2.392.100495.1.5.1.USE.LEVEL.1.</summary>
    /// <param name="use">The use.</param>
    /// <param name="level">3, or 0 for tests.</param>
    public static string Policy(HpkiUse use, int level) => string.Create(CultureInfo.InvariantCulture, $"1.2.392.100495.1.5.1.{(int)use}.{level}.1");

    /// <summary>The authority that issues for a use.</summary>
    /// <param name="use">The use.</param>
    public TestAuthority AuthorityFor(HpkiUse use) => use switch
    {
        HpkiUse.Signature => Signature,
        HpkiUse.Authentication => Authentication,
        _ => Organisation,
    };

    /// <summary>Issues a certificate.</summary>
    /// <param name="request">What it is to be: a doctor's for signing when null.</param>
    public TestCertificate Issue(HpkiCertificateRequest? request = null) => HpkiIssuer.Issue(this, request ?? new());

    /// <summary>The CRL about authorities below the root (SARL): critical scope, certificates of authorities only.</summary>
    /// <param name="profiles">Change it before it is signed.</param>
    public byte[] CreateSarl(params ReadOnlySpan<Action<TestCrlBuilder>> profiles) => Arl("SARL", "sarl2", profiles);

    /// <summary>The CRL about the root itself (RARL): critical scope, certificates of authorities only.</summary>
    /// <param name="profiles">Change it before it is signed.</param>
    public byte[] CreateRarl(params ReadOnlySpan<Action<TestCrlBuilder>> profiles) => Arl("RARL", "rarl2", profiles);

    /// <summary>The CRL of the authority of a use: good for four days.</summary>
    /// <param name="use">The use.</param>
    /// <param name="profiles">Change it before it is signed.</param>
    public byte[] CreateCrl(HpkiUse use, params ReadOnlySpan<Action<TestCrlBuilder>> profiles) =>
        AuthorityFor(use).CreateCrl([FourDays, .. profiles]);

    /// <summary>Every CRL that a verifier of a certificate of this world needs.</summary>
    public IReadOnlyList<byte[]> CreateCrls() => [CreateSarl(), CreateRarl(), CreateCrl(HpkiUse.Signature), CreateCrl(HpkiUse.Authentication), CreateCrl(HpkiUse.Organisation)];

    internal string CrlUri(HpkiUse use) => Options.BaseUri is { } uri ? $"{uri}/crl/{AuthorityFor(use).Slug}.crl" : $"{Host}/repository/{(int)use}.crl";

    private static void FourDays(TestCrlBuilder builder) => builder.NextUpdate = builder.ThisUpdate.AddHours(96);

    private byte[] Arl(string name, string file, ReadOnlySpan<Action<TestCrlBuilder>> profiles) =>
        Root.CreateCrl([FourDays, builder => builder.Within(new() { FullName = ArlName(name, file), OnlyCaCertificates = true }), .. profiles]);

    private IReadOnlyList<TestGeneralName> ArlName(string name, string file) =>
        [TestGeneralName.Directory(RootName.With("CN", name)), TestGeneralName.Uri($"{Address}/repository/rlist/{file}.crl")];

    private TestKey Key(string name) => TestKey.Named($"{_label} {name}", TestKeyKind.Rsa2048);

    private void RootProfile(TestCertificateBuilder builder)
    {
        builder.SerialNumber = [1];
        builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Directory(TestName.Of(("C", "JP"), ("O", "試験　厚生労働省"), ("OU", "政策統括官")))))
            .With(TestExtensions.CrlDistributionPoints(new TestDistributionPoint { FullName = ArlName("RARL", "rarl2") }));
    }

    private TestAuthority Subordinate(string name, HpkiUse use) => Root.CreateSubordinate(
        TestName.Of(("C", "JP"), ("O", "LAB"), ("OU", "LAB HPKI CA"), ("CN", name)),
        Key(name),
        Options with { Seed = Options.Seed + (int)use },
        builder =>
        {
            builder.SerialNumber = [(byte)(1 + use)];
            builder.Without("1.3.6.1.5.5.7.1.1");
            builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign))
                .With(TestExtensions.CertificatePolicies(Policy(use, level: 3)) with { Critical = true })
                .With(TestExtensions.CrlDistributionPoints(new TestDistributionPoint { FullName = ArlName("SARL", "sarl2") }));
        });
}
