using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace MedId.Testing;

/// <summary>The leaf profiles of JPKI, with their faults.</summary>
internal static class JpkiIssuer
{
    private const string CpsUri = "http://www.jpki.go.jp/cps.html";
    private const int LastRsaGeneration = 3;

    public static TestCertificate Issue(JpkiHierarchy hierarchy, JpkiCertificateRequest request, bool forSigning, int number)
    {
        var home = request.Fault == JpkiFault.ForeignRoot ? hierarchy.World.Foreign : hierarchy;
        var authority = (forSigning ? home.Signing : home.Authentication)[(request.Generation ?? LastRsaGeneration) - 1];
        var key = request.Key ?? TestKey.Shared(authority.Options.EndEntityKeyKind);
        return authority.Issue(Subject(request.Person, forSigning, number), key, builder =>
        {
            Usual(builder, hierarchy, request, forSigning, authority);
            JpkiFaults.Apply(request.Fault, builder, hierarchy, request, forSigning);
            request.Profile?.Invoke(builder);
        });
    }

    public static string Policy(JpkiHierarchy hierarchy, bool onPhone, bool forSigning)
    {
        var profile = hierarchy.World.Profile;
        return (hierarchy.IsTest, onPhone, forSigning) switch
        {
            (true, _, true) => profile.TestSigningPolicy,
            (true, _, false) => profile.TestAuthenticationPolicy,
            (_, true, true) => profile.PhoneSigningPolicy,
            (_, true, false) => profile.PhoneAuthenticationPolicy,
            (_, _, true) => profile.SigningPolicy,
            _ => profile.AuthenticationPolicy,
        };
    }

    public static TestExtension PolicyExtension(string policy) => TestExtensions.CertificatePolicyWithCps(policy, CpsUri);

    public static X509KeyUsageFlags KeyUsage(bool forSigning) =>
        forSigning ? X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation : X509KeyUsageFlags.DigitalSignature;

    private static TestName Subject(JpkiPerson person, bool forSigning, int number)
    {
        // An opaque code, here saying that it is synthetic; five digits of a municipality that does not exist, and A behind for user authentication.
        var code = "LAB99999" + number.ToString("D14", CultureInfo.InvariantCulture);
        return forSigning
            ? TestName.Of(("C", "JP"), ("L", person.Prefecture), ("L", person.Municipality), ("CN", code))
            : TestName.Of(("C", "JP"), ("CN", code + "A"));
    }

    private static void Usual(TestCertificateBuilder builder, JpkiHierarchy hierarchy, JpkiCertificateRequest request, bool forSigning, TestAuthority authority)
    {
        var now = authority.Options.Now;
        var notAfter = new DateTimeOffset(now.Year + 4, 4, 1, 14, 59, 59, TimeSpan.Zero);
        if (notAfter > authority.Certificate.NotAfter)
        {
            notAfter = authority.Certificate.NotAfter;
        }

        var notBefore = now.AddMonths(-6) < notAfter ? now.AddMonths(-6) : notAfter.AddYears(-4);
        builder.Valid(notBefore, notAfter);
        builder.Extensions.Clear();
        builder.With(TestExtensions.KeyUsage(KeyUsage(forSigning)));
        if (forSigning)
        {
            builder.With(Attributes(request.Person));
        }
        else
        {
            builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2"));
        }

        builder.With(PolicyExtension(Policy(hierarchy, request.OnPhone, forSigning)))
            .With(TestExtensions.IssuerAlternativeName(TestGeneralName.Directory(TestName.Of(("C", "JP"), ("O", "公的個人認証サービス")))))
            .With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(hierarchy.DistributionPoint(request.Person, forSigning))));
        if (authority.Options.BaseUri is { } uri)
        {
            builder.With(TestExtensions.AuthorityInformationAccess($"{uri}/ocsp/{authority.Slug}"));
        }

        if (request.NamesIssuerKey)
        {
            builder.With(TestExtensions.AuthorityKeyIdentifier(authority.Key.Identifier));
        }

        builder.With(TestExtensions.SubjectKeyIdentifier(builder.Key.Identifier));
    }

    public static TestExtension Attributes(JpkiPerson person) => TestExtensions.SubjectAlternativeName(AttributeNames(person));

    // In the order of a card: 1, 4, 3, 5, 2, 6.
    public static IEnumerable<TestGeneralName> AttributeNames(JpkiPerson person)
    {
        (int Suffix, string? Value)[] attributes =
        [
            (1, person.Name), (4, person.BirthDate), (3, person.Sex), (5, person.Address), (2, person.EffectiveNameFlags), (6, person.EffectiveAddressFlags),
        ];
        return attributes.Where(attribute => attribute.Value is not null).Select(attribute => Attribute(attribute.Suffix, TestDer.Utf8String(attribute.Value!)));
    }

    public static TestGeneralName Attribute(int suffix, byte[] value) =>
        TestGeneralName.OtherName("1.2.392.200149.8.5.5." + suffix.ToString(CultureInfo.InvariantCulture), value);

}
