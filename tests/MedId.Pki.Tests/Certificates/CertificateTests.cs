using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Pki.Tests.Certificates;

/// <summary>One certificate with everything in it, then one change each.</summary>
public sealed class CertificateTests
{
    private static readonly TestName Issuer = TestName.Of(("C", "JP"), ("O", "Synthetic Test"), ("CN", "Issuing CA"));
    private static readonly TestName Subject = TestName.Of(("C", "JP"), ("CN", "Taro Test"));
    private static readonly DateTimeOffset From = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2050, 6, 7, 8, 9, 10, TimeSpan.Zero);

    [Fact]
    public void Parse_CertificateWithEverything_ReadsEveryField()
    {
        var builder = Everything();
        var (key, minted) = (builder.Key, builder.Sign());
        var certificate = Certificate.Parse(minted.Der).Value!;

        Assert.Equal(3, certificate.Version);
        Assert.Equal([0x80, 0x01], certificate.SerialNumber.ToArray());
        Assert.Equal(Issuer.Der, certificate.Issuer.RawData.ToArray());
        Assert.Equal("CN=Taro Test,C=JP", certificate.Subject.ToString());
        Assert.Equal(From, certificate.NotBefore);
        Assert.Equal(Until, certificate.NotAfter);
        Assert.Equal("1.2.840.10045.4.3.2", certificate.SignatureAlgorithm.Oid);
        Assert.Equal(key.SubjectPublicKeyInfo, certificate.SubjectPublicKeyInfo.ToArray());
        Assert.Equal(minted.Der, certificate.RawData.ToArray());
        Assert.Equal(minted.Sha256, certificate.Sha256);
        Assert.False(certificate.IsSelfIssued);
        Assert.True(certificate.ReadPublicKey().Value!.Verify(SignatureAlgorithm.EcdsaP256Der, certificate.TbsCertificate.Span, certificate.Signature.Span));

        var extensions = certificate.Extensions;
        Assert.Equal(new BasicConstraints(true, 2), extensions.BasicConstraints);
        Assert.Equal(KeyUsages.KeyCertSign | KeyUsages.CrlSign, extensions.KeyUsage);
        Assert.Equal(["1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.9"], extensions.ExtendedKeyUsage);
        Assert.Equal(["2.999.1", "2.999.2"], extensions.CertificatePolicies!.Select(p => p.Oid));
        Assert.Equal([new PolicyMapping("2.999.1", "2.999.3")], extensions.PolicyMappings);
        Assert.Equal(new PolicyConstraints(1, 200), extensions.PolicyConstraints);
        Assert.Equal(4, extensions.InhibitAnyPolicy);
        Assert.Equal([new GeneralSubtree(new GeneralName.DnsName("EXAMPLE.org"))], extensions.NameConstraints!.Permitted);
        Assert.Equal([new GeneralSubtree(new GeneralName.IpAddress(new byte[] { 10, 0, 0, 0, 255, 0, 0, 0 }))], extensions.NameConstraints.Excluded);
        Assert.Equal(
            [
                new GeneralName.OtherName("2.999.9", TestDer.Utf8String("試験")), new GeneralName.Rfc822Name("taro@example.org"), new GeneralName.DnsName("example.ORG"),
                new GeneralName.DirectoryName(DistinguishedName.Parse(Subject.Der).Value!), new GeneralName.UniformResourceIdentifier("https://example.org/"),
                new GeneralName.IpAddress(new byte[] { 192, 0, 2, 1 }), new GeneralName.RegisteredId("2.999.8"),
            ],
            extensions.SubjectAlternativeName);
        Assert.Equal(key.Identifier, extensions.SubjectKeyIdentifier!.Value.ToArray());
        Assert.Equal([1, 2], extensions.AuthorityKeyIdentifier!.KeyIdentifier!.Value.ToArray());
        Assert.Equal([9], extensions.AuthorityKeyIdentifier.SerialNumber!.Value.ToArray());
        Assert.Equal("http://example.org/1.crl", Assert.IsType<GeneralName.UniformResourceIdentifier>(extensions.CrlDistributionPoints![0].FullName![0]).Value);
        Assert.Equal("http://example.org/d.crl", Assert.IsType<GeneralName.UniformResourceIdentifier>(extensions.FreshestCrl![0].FullName![0]).Value);
        Assert.Equal([AccessDescription.Ocsp, AccessDescription.CaIssuers], extensions.AuthorityInformationAccess!.Select(a => a.Method));
        Assert.NotNull(extensions.SubjectDirectoryAttributes);
        Assert.False(extensions.Find("2.999.1")!.Critical);
        Assert.Null(extensions.Find("2.999.2"));
        Assert.Equal(16, extensions.All.Count);
    }

    [Fact]
    public void Parse_Version1_HasNoExtensions()
    {
        var certificate = Parse(b => { b.Version = 1; b.Extensions.Clear(); }).Value!;
        Assert.Equal(1, certificate.Version);
        Assert.Empty(certificate.Extensions.All);
        Assert.Null(certificate.Extensions.SubjectKeyIdentifier);
        Assert.Null(certificate.Extensions.KeyUsage);
    }

    [Fact]
    public void Parse_Version2WithUniqueIdentifiers_IsRead()
    {
        var parsed = Parse(b =>
        {
            b.Version = 2;
            b.Extensions.Clear();
            b.Replace(TestCertificateField.IssuerUniqueId, TestDer.ContextPrimitive(1, [0, 1])).Replace(TestCertificateField.SubjectUniqueId, TestDer.ContextPrimitive(2, [0, 2]));
        });
        Assert.Equal(2, parsed.Value!.Version);
    }

    [Fact]
    public void Parse_EmptySubjectWithCriticalAlternativeName_IsRead() => Assert.True(Parse(b =>
    {
        b.Subject = TestName.Empty;
        b.MarkCritical("2.5.29.17", true);
    }).Value!.Subject.IsEmpty);

    // PKITS has signatures that are no whole bytes: they are read, and verify nothing.
    [Fact]
    public void Parse_SignatureWithUnusedBits_IsReadAndVerifiesNothing()
    {
        var parsed = Parse(b => b.Replace(TestCertificateField.SignatureValue, TestDer.BitString([0x30, 0x00], 3)));
        Assert.False(parsed.Value!.HasWholeSignature);
    }

    [Fact]
    public void Parse_GeneralizedTimeBefore2050_IsReadAsTheSameInstant() =>
        Assert.Equal(From, Parse(b => Validity(b, TestDer.GeneralizedTime(From), TestDer.Time(Until))).Value!.NotBefore);

    [Fact]
    public void Parse_NoEndOfValidity_IsValidToTheLastSecondOfAll()
    {
        var last = new DateTimeOffset(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);
        var certificate = Parse(b => Validity(b, TestDer.UtcTime(From), TestDer.GeneralizedTime(last))).Value!;
        Assert.Equal(last, certificate.NotAfter);
        Assert.True(certificate.IsValidAt(last));
        Assert.False(certificate.IsValidAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public void IsValidAt_Ends_AreIncluded()
    {
        var certificate = Parse(_ => { }).Value!;
        Assert.True(certificate.IsValidAt(From));
        Assert.False(certificate.IsValidAt(From.AddTicks(-1)));
        Assert.True(certificate.IsValidAt(Until));
        Assert.False(certificate.IsValidAt(Until.AddTicks(1)));
    }

    [Fact]
    public void Equals_SameBytes_AreOneCertificate()
    {
        var der = Everything().Sign().Der;
        var (one, other) = (Certificate.Parse(der).Value!, Certificate.Parse((byte[])der.Clone()).Value!);
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, Parse(b => b.SerialNumber = [1]).Value);
        Assert.DoesNotContain("Taro", one.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ReadPublicKey_SmallRsaKey_IsRefusedUnlessAskedFor()
    {
        var certificate = Parse(b => b.Key = TestKey.Shared(TestKeyKind.Rsa1024)).Value!;
        Assert.Equal(CryptographyErrorCodes.KeyUnsupported, certificate.ReadPublicKey().Error!.Code);
        Assert.Equal(1024, certificate.ReadPublicKey(PublicKey.MinimumLegacyRsaBits).Value!.SizeInBits);
        Assert.Equal(CryptographyErrorCodes.KeyUnsupported, certificate.ReadPublicKey().Error!.Code);
    }

    [Fact]
    public void Parse_LongestCertificate_IsReadAndOneByteMoreIsNot()
    {
        // Signatures of ECDSA differ in length, those of RSA do not.
        static MedIdResult<Certificate> WithPadding(int bytes) => Parse(b =>
        {
            b.IssuerKey = TestKey.Shared(TestKeyKind.Rsa2048);
            b.With(new("2.999.5", false, new byte[bytes]));
        });

        var largest = 40_000 + Certificate.MaxBytes - WithPadding(40_000).Value!.RawData.Length;
        Assert.Equal(Certificate.MaxBytes, WithPadding(largest).Value!.RawData.Length);
        Assert.Equal(PkiErrorCodes.CertificateTooLarge, WithPadding(largest + 1).Error!.Code);
    }

    internal static TestCertificateBuilder Everything()
    {
        var key = TestKey.Shared(TestKeyKind.P256);
        var builder = new TestCertificateBuilder { Key = key, IssuerKey = key, Issuer = Issuer, Subject = Subject, SerialNumber = [0x80, 0x01] }.Valid(From, Until);
        TestExtension[] extensions =
        [
            TestExtensions.BasicConstraints(isCa: true, 2),
            TestExtensions.KeyUsage(System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.KeyCertSign | System.Security.Cryptography.X509Certificates.X509KeyUsageFlags.CrlSign),
            TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.7.3.9"),
            TestExtensions.CertificatePolicies("2.999.1", "2.999.2"),
            TestExtensions.PolicyMappings(("2.999.1", "2.999.3")),
            TestExtensions.PolicyConstraints(1, 200),
            TestExtensions.InhibitAnyPolicy(4),
            TestExtensions.NameConstraints([TestGeneralName.Dns("example.org")], [TestGeneralName.Ip(10, 0, 0, 0, 255, 0, 0, 0)]),
            TestExtensions.SubjectAlternativeName(
                TestGeneralName.OtherName("2.999.9", TestDer.Utf8String("試験")), TestGeneralName.Email("taro@example.org"), TestGeneralName.Dns("example.org"),
                TestGeneralName.Directory(Subject), TestGeneralName.Uri("https://example.org/"), TestGeneralName.Ip(192, 0, 2, 1), TestGeneralName.RegisteredId("2.999.8")),
            TestExtensions.SubjectKeyIdentifier(key.Identifier),
            TestExtensions.AuthorityKeyIdentifier([1, 2], Issuer, [9]),
            TestExtensions.CrlDistributionPoints(TestDistributionPoint.At("http://example.org/1.crl")),
            TestExtensions.FreshestCrl(TestDistributionPoint.At("http://example.org/d.crl")),
            TestExtensions.AuthorityInformationAccess("http://example.org/ocsp", "http://example.org/ca.cer"),
            TestExtensions.SubjectDirectoryAttributes(TestDer.Sequence(TestDer.Oid("2.999.7"), TestDer.Set(TestDer.Null))),
            TestExtensions.Unknown(critical: false),
        ];
        foreach (var extension in extensions)
        {
            builder.With(extension);
        }

        return builder;
    }

    internal static MedIdResult<Certificate> Parse(Action<TestCertificateBuilder> change)
    {
        var builder = Everything();
        change(builder);
        return Certificate.Parse(builder.Sign().Der);
    }

    internal static TestCertificateBuilder Validity(TestCertificateBuilder builder, byte[] from, byte[] until) =>
        builder.Replace(TestCertificateField.Validity, TestDer.Sequence(from, until));
}
