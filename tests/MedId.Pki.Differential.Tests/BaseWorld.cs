using System.Security.Cryptography.X509Certificates;
using MedId.Testing;

namespace MedId.Pki.Differential.Tests;

/// <summary>The valid chain that mutants are made of. RSA keys of the stock in a fixed order and RSA's one signature for one message make every run the same.</summary>
internal sealed class BaseWorld
{
    public const string Policy = "2.999.1";

    public BaseWorld()
    {
        Options = new() { KeyKind = TestKeyKind.Rsa2048, EndEntityKeyKind = TestKeyKind.Rsa2048 };
        Root = TestAuthority.CreateRoot(Name("LAB root"), Options, TestKey.Named("differential root", TestKeyKind.Rsa2048));
        Intermediate = Root.CreateSubordinate(Name("LAB intermediate"), TestKey.Named("differential intermediate", TestKeyKind.Rsa2048), profile: RichIntermediate);
        TargetKey = TestKey.Named("differential target", TestKeyKind.Rsa2048);
        Target = Intermediate.Issue(Name("LAB target"), TargetKey, RichTarget);
        Direct = Root.Issue(Name("LAB direct target"), TargetKey, builder => builder.With(TestExtensions.CrlDistributionPoints(TestDistributionPoint.At(PointName))));
        Responder = Root.Issue(Name("LAB responder"), TestKey.Named("differential responder", TestKeyKind.Rsa2048), builder => builder
            .With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.9")).With(TestExtensions.OcspNoCheck()));
    }

    public TestAuthorityOptions Options { get; }

    public TestAuthority Root { get; }

    public TestAuthority Intermediate { get; }

    public TestKey TargetKey { get; }

    public TestCertificate Target { get; }

    /// <summary>Issued by the root itself, for CRLs and OCSP.</summary>
    public TestCertificate Direct { get; }

    /// <summary>Answers OCSP for the root.</summary>
    public TestCertificate Responder { get; }

    /// <summary>The distribution point of <see cref="Direct"/>.</summary>
    public static TestName PointName { get; } = Name("LAB point");

    public DateTimeOffset Now => Options.Now;

    public static TestName Name(string common) => TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", common));

    /// <summary>The signed structure with other octets inside, signed again by the key.</summary>
    public static byte[] SignAgain(byte[] signed, byte[] algorithm, TestKey key) => TestDer.Sequence(signed, algorithm, TestDer.BitString(key.Sign(signed)));

    private static void RichIntermediate(TestCertificateBuilder builder) => builder
        .With(TestExtensions.BasicConstraints(isCa: true, pathLength: 1))
        .With(TestExtensions.CertificatePolicies(Policy, "2.999.2"))
        .With(TestExtensions.PolicyConstraints(requireExplicitPolicy: 3))
        .With(TestExtensions.NameConstraints(
            permitted: [TestGeneralName.Dns("lab.example"), TestGeneralName.Directory(TestName.Of(("C", "JP"), ("O", "LAB"))), TestGeneralName.Email("lab.example")],
            excluded: [TestGeneralName.Dns("not.lab.example"), TestGeneralName.Ip(10, 0, 0, 0, 255, 0, 0, 0)]));

    private static void RichTarget(TestCertificateBuilder builder) => builder
        .With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation))
        .With(TestExtensions.BasicConstraints(isCa: false))
        .With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.4"))
        .With(TestExtensions.CertificatePolicyWithCps(Policy, "http://lab.example/cps"))
        .With(TestExtensions.SubjectAlternativeName(
            TestGeneralName.Dns("target.lab.example"),
            TestGeneralName.Email("target@lab.example"),
            TestGeneralName.Uri("https://target.lab.example/"),
            TestGeneralName.Ip(192, 0, 2, 1),
            TestGeneralName.OtherName("1.2.392.200149.8.5.5.1", TestDer.Utf8String("試験　太郎")),
            TestGeneralName.Directory(Name("LAB target"))))
        .With(TestExtensions.IssuerAlternativeName(TestGeneralName.Directory(Name("LAB intermediate"))))
        .With(TestExtensions.CrlDistributionPoints(
            new TestDistributionPoint { FullName = [TestGeneralName.Directory(Name("LAB point")), TestGeneralName.Uri("http://lab.example/crl")] },
            new TestDistributionPoint { FullName = [TestGeneralName.Uri("http://lab.example/other")], Reasons = [1, 2], CrlIssuer = [TestGeneralName.Directory(Name("LAB CRL issuer"))] }))
        .With(TestExtensions.AuthorityInformationAccess("http://lab.example/ocsp", "http://lab.example/ca"))
        .With(TestExtensions.SubjectDirectoryAttributes(TestDer.Sequence(TestDer.Oid("1.0.17090.0.1"), TestDer.Set(TestDer.Set(TestDer.Null)))))
        .With(TestExtensions.Unknown(critical: false));
}
