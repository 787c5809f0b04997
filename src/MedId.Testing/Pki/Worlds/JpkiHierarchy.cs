using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>The two lines of self-signed roots of a JPKI-shaped hierarchy: for signing and for user authentication, each generation under the same name.</summary>
public sealed class JpkiHierarchy
{
    private const string Agency = "Japan Agency for Local Authority Information Systems";

    private readonly string _organisation;

    internal JpkiHierarchy(JpkiWorld world, string organisation, TestAuthorityOptions options, bool isTest)
    {
        World = world;
        IsTest = isTest;
        _organisation = organisation;
        Signing = Line("sign", "JPKI for digital signature", "公的個人認証サービス署名用", options);
        Authentication = Line("auth", "JPKI for user authentication", "公的個人認証サービス利用者証明用", options);
    }

    /// <summary>The generations that issue certificates for signing, oldest first: 1 to 3 RSA, 4 P-384.</summary>
    public IReadOnlyList<TestAuthority> Signing { get; }

    /// <summary>The generations that issue certificates for user authentication, oldest first: 1 to 3 RSA, 4 P-384.</summary>
    public IReadOnlyList<TestAuthority> Authentication { get; }

    /// <summary>Whether it is the hierarchy of test cards.</summary>
    public bool IsTest { get; }

    /// <summary>Every root certificate of both lines.</summary>
    public IEnumerable<TestCertificate> Roots => Signing.Concat(Authentication).Select(authority => authority.Certificate);

    internal JpkiWorld World { get; }

    /// <summary>The distribution point of certificates of a municipality: CRLs are partitioned by it.</summary>
    /// <param name="person">Whose certificate.</param>
    /// <param name="forSigning">Of which line.</param>
    public TestName DistributionPoint(JpkiPerson person, bool forSigning)
    {
        // The municipality's exact form is not published; user authentication is partitioned by prefecture.
        var name = Line(forSigning ? "JPKI for digital signature" : "JPKI for user authentication").With("OU", "CRL Distribution Points").With("OU", person.Prefecture);
        return forSigning ? name.With("CN", person.Municipality + " CRLDP") : name;
    }

    /// <summary>The name that every generation of a line has.</summary>
    /// <param name="forSigning">Of which line.</param>
    public TestName AuthorityName(bool forSigning) => (forSigning ? Signing : Authentication)[0].Name;

    /// <summary>A CRL of one municipality (signing) or prefecture (user authentication), with the critical scope.</summary>
    /// <param name="authority">The generation that signs.</param>
    /// <param name="person">Whose partition.</param>
    /// <param name="profiles">Change it before it is signed.</param>
    public byte[] CreateCrl(TestAuthority authority, JpkiPerson person, params ReadOnlySpan<Action<TestCrlBuilder>> profiles)
    {
        var point = DistributionPoint(person, Signing.Contains(authority));
        return authority.CreateCrl([builder => builder.Within(TestIssuingDistributionPoint.At(point)), .. profiles]);
    }

    private TestName Line(string purpose) => TestName.Of(("C", "JP"), ("O", _organisation), ("OU", purpose));

    private List<TestAuthority> Line(string key, string purpose, string japanesePurpose, TestAuthorityOptions options)
    {
        var name = Line(purpose).With("OU", Agency);
        var japanese = TestName.Of(("C", "JP"), ("O", "公的個人認証サービス"), ("OU", japanesePurpose), ("OU", "地方公共団体情報システム機構"));
        return [.. Enumerable.Range(1, 4).Select(generation => Root(key, name, japanese, generation, options))];
    }

    private TestAuthority Root(string line, TestName name, TestName japanese, int generation, TestAuthorityOptions options)
    {
        // A new root about every four years, valid for ten; generation 1 has expired five months before the world's instant. The fourth is a look ahead to P-384.
        var from = options.Now.AddMonths(-5).AddYears(-14 + (4 * Math.Min(generation, 3)));
        var kind = generation == 4 ? TestKeyKind.P384 : TestKeyKind.Rsa2048;
        var key = TestKey.Named($"{World.Label} {_organisation} {line} {generation.ToString(CultureInfo.InvariantCulture)}", kind);
        return TestAuthority.CreateRoot(name, options with { KeyKind = kind, EndEntityKeyKind = kind, Seed = options.Seed + (100 * generation) + line.Length + line[0] }, key, Profile);

        void Profile(TestCertificateBuilder builder)
        {
            builder.Valid(from, from.AddYears(10));
            builder.SerialNumber = [0x01, (byte)generation, (byte)line[0], IsTest ? (byte)1 : (byte)0];
            builder.Extensions.Clear();
            builder.With(TestExtensions.KeyUsage(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign))
                .With(TestExtensions.SubjectAlternativeName(TestGeneralName.Directory(japanese)))
                .With(TestExtensions.BasicConstraints(isCa: true))
                .With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(name)))
                .With(TestExtensions.SubjectKeyIdentifier(key.Identifier));
        }
    }
}
