using System.Formats.Asn1;
using MedId.Testing;

namespace MedId.Pki.Tests.Certificates;

/// <summary>What RFC 5280 §4.1 and DER refuse: one change of a certificate that is read otherwise.</summary>
public sealed class MalformedCertificateTests
{
    private static readonly DateTimeOffset From = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, string, Action<TestCertificateBuilder>> Changes { get; } = new()
    {
        { "a byte behind the certificate", "§4.1", b => b.ChangeCertificate = der => [.. der, 0] },
        { "indefinite length", "§4.1", b => b.ChangeCertificate = der => [0x30, 0x80, .. der[4..], 0, 0] },
        { "length in more octets than needed", "§4.1", b => b.ChangeCertificate = der => [0x30, 0x83, 0, .. der[2..]] },
        { "algorithms differ", "§4.1.1.2", b => b.Replace(TestCertificateField.Signature, TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.3"))) },
        { "algorithms differ in their parameters", "§4.1.1.2", b => b.Replace(TestCertificateField.SignatureAlgorithm, TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.2"), TestDer.Null)) },
        { "version 4", "§4.1.2.1", b => b.Version = 4 },
        { "version 1 written", "§4.1.2.1", b => b.Replace(TestCertificateField.Version, TestDer.Context(0, TestDer.Integer(0))) },
        { "version 1 with extensions", "§4.1.2.9", b => b.Version = 1 },
        { "version 2 with extensions", "§4.1.2.9", b => b.Version = 2 },
        { "version 1 with unique identifier", "§4.1.2.8", b => { b.Version = 1; b.Extensions.Clear(); b.Replace(TestCertificateField.IssuerUniqueId, TestDer.ContextPrimitive(1, [0, 1])); } },
        { "serial number not minimal", "§4.1", b => b.SerialNumber = [0, 1] },
        { "serial number empty", "§4.1", b => b.SerialNumber = [] },
        { "serial number of 65 bytes", "§4.1.2.2", b => b.SerialNumber = [1, .. new byte[64]] },
        { "no issuer", "§4.1.2.4", b => b.Issuer = TestName.Empty },
        { "no subject and no critical alternative name", "§4.1.2.6", b => b.Subject = TestName.Empty },
        { "relative name without attribute", "§4.1", b => b.Replace(TestCertificateField.Subject, TestDer.Sequence(TestDer.Set())) },
        { "relative name out of order", "§4.1", b => b.Replace(TestCertificateField.Subject, TestDer.Sequence(TestDer.UnsortedSet(Attribute("2.5.4.4", "b"), Attribute("2.5.4.3", "a")))) },
        { "text that is no UTF-8", "§4.1", b => b.Replace(TestCertificateField.Subject, Name(TestDer.Tlv(0x0C, [0xC0, 0x80]))) },
        { "text that is no PrintableString", "§4.1", b => b.Replace(TestCertificateField.Subject, Name(TestDer.Tlv(0x13, [0x3C]))) },
        { "BMPString with a surrogate", "§4.1", b => b.Replace(TestCertificateField.Subject, Name(TestDer.Tlv(0x1E, [0xD8, 0x40, 0xDC, 0x00]))) },
        { "BMPString of odd length", "§4.1", b => b.Replace(TestCertificateField.Subject, Name(TestDer.Tlv(0x1E, [0x00, 0x41, 0x00]))) },
        { "time without seconds", "§4.1", b => CertificateTests.Validity(b, TestDer.Tlv(0x17, "2601010000Z"u8.ToArray()), TestDer.Time(From)) },
        { "time with an offset", "§4.1", b => CertificateTests.Validity(b, TestDer.Tlv(0x17, "260101000000+0900"u8.ToArray()), TestDer.Time(From)) },
        { "time with a fraction", "§4.1", b => CertificateTests.Validity(b, TestDer.Tlv(0x18, "20260101000000.5Z"u8.ToArray()), TestDer.Time(From)) },
        { "time on 30 February", "§4.1", b => CertificateTests.Validity(b, TestDer.Tlv(0x17, "260230000000Z"u8.ToArray()), TestDer.Time(From)) },
        { "time without Z", "§4.1", b => CertificateTests.Validity(b, TestDer.Tlv(0x18, "20260101000000"u8.ToArray()), TestDer.Time(From)) },
        { "a third time", "§4.1", b => b.Replace(TestCertificateField.Validity, TestDer.Sequence(TestDer.Time(From), TestDer.Time(From), TestDer.Time(From))) },
        { "key that is no SubjectPublicKeyInfo", "§4.1", b => b.Replace(TestCertificateField.SubjectPublicKeyInfo, TestDer.Sequence(TestDer.Null)) },
        { "empty list of extensions", "§4.1", b => b.Replace(TestCertificateField.Extensions, TestDer.Context(3, TestDer.Sequence())) },
        { "an extension twice", "§4.2", b => b.Duplicate("2.999.1") },
        { "65 extensions", "§4.2", b => { for (var i = 0; i < 60; i++) { b.With(new($"2.999.4.{i}", false, TestDer.Null)); } } },
        { "critical written though false", "§4.2", b => b.Replace(TestCertificateField.Extensions, Extensions(TestDer.Sequence(TestDer.Oid("2.999.1"), TestDer.Boolean(false), TestDer.OctetString(TestDer.Null)))) },
        { "true that is not FF", "§4.2", b => b.Replace(TestCertificateField.Extensions, Extensions(TestDer.Sequence(TestDer.Oid("2.999.1"), [1, 1, 1], TestDer.OctetString(TestDer.Null)))) },
        { "something behind the extensions", "§4.1", b => b.Replace(TestCertificateField.Extensions, [.. TestDer.Context(3, TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.999.1"), TestDer.OctetString(TestDer.Null)))), .. TestDer.Null]) },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Parse_OneThingWrong_IsMalformedByItsSection(string what, string section, Action<TestCertificateBuilder> change)
    {
        var parsed = CertificateTests.Parse(change);
        Assert.True(parsed.Error?.Code == PkiErrorCodes.CertificateMalformed, what);
        Assert.StartsWith("RFC 5280 " + (section == "§4.2" ? "§4." : section), parsed.Error.Section, StringComparison.Ordinal);
    }

    public static TheoryData<string, byte[], string> Extensions_ { get; } = new()
    {
        { "2.5.29.19", TestDer.Sequence(TestDer.Boolean(false)), "false is the default" },
        { "2.5.29.19", TestDer.Sequence(TestDer.Boolean(true), TestDer.Integer(-1)), "negative length" },
        { "2.5.29.19", [.. TestDer.Sequence(), 0], "a byte behind" },
        { "2.5.29.15", TestDer.Tlv(0x03, [7, 0]), "no bit" },
        { "2.5.29.15", TestDer.Tlv(0x03, [0]), "no bit at all" },
        { "2.5.29.15", TestDer.Tlv(0x03, [0, 0x80]), "trailing zero bits" },
        { "2.5.29.15", TestDer.Tlv(0x03, [5, 0x00, 0x60]), "bits that no standard knows" },
        { "2.5.29.37", TestDer.Sequence(), "no purpose" },
        { "2.5.29.32", TestDer.Sequence(), "no policy" },
        { "2.5.29.32", TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.999.1")), TestDer.Sequence(TestDer.Oid("2.999.1"))), "a policy twice" },
        { "2.5.29.32", TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.999.1"), TestDer.Sequence())), "no qualifier" },
        { "2.5.29.33", TestDer.Sequence(), "no mapping" },
        { "2.5.29.33", TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.999.1"))), "half a mapping" },
        { "2.5.29.36", TestDer.Sequence(TestDer.ContextPrimitive(1, [0]), TestDer.ContextPrimitive(0, [0])), "out of order" },
        { "2.5.29.54", TestDer.Integer(-1), "negative count" },
        { "2.5.29.30", TestDer.Sequence(TestDer.Context(0)), "no subtree" },
        { "2.5.29.30", TestDer.Sequence(TestDer.Context(0, TestDer.Sequence(TestDer.ContextPrimitive(7, [10, 0, 0, 0])))), "address without mask" },
        { "2.5.29.17", TestDer.Sequence(), "no name" },
        { "2.5.29.17", TestDer.Sequence(TestDer.ContextPrimitive(7, [10, 0, 0])), "address of three bytes" },
        { "2.5.29.17", TestDer.Sequence(TestDer.ContextPrimitive(2, [0xC3, 0xA4])), "host name outside ASCII" },
        { "2.5.29.17", TestDer.Sequence(TestDer.ContextPrimitive(9, [1])), "no such form" },
        { "2.5.29.17", TestDer.Sequence(TestDer.Utf8String("a")), "no GeneralName" },
        { "2.5.29.17", TestDer.Sequence(TestDer.Context(4, TestDer.Sequence(), TestDer.Null)), "two names in one" },
        { "2.5.29.35", TestDer.Sequence(TestDer.ContextPrimitive(2, [1])), "serial number without issuer" },
        { "2.5.29.14", TestDer.Sequence(), "no octet string" },
        { "2.5.29.31", TestDer.Sequence(), "no point" },
        { "2.5.29.31", TestDer.Sequence(TestDer.Sequence(TestDer.ContextPrimitive(1, [6, 0x40]))), "a point that is nowhere" },
        { "2.5.29.31", TestDer.Sequence(TestDer.Sequence(TestDer.Context(0, TestDer.Context(1, Attribute("2.5.4.4", "b"), Attribute("2.5.4.3", "a"))))), "relative name out of order" },
        { "2.5.29.46", TestDer.Sequence(TestDer.Null), "no point" },
        { "1.3.6.1.5.5.7.1.1", TestDer.Sequence(), "no access" },
    };

    [Theory]
    [MemberData(nameof(Extensions_))]
    public void Parse_KnownExtensionOutOfForm_IsMalformedByItsSection(string oid, byte[] value, string what)
    {
        var parsed = CertificateTests.Parse(b => b.WithValue(oid, value));
        Assert.True(parsed.Error?.Code == PkiErrorCodes.CertificateMalformed, what);
        Assert.Equal("RFC 5280 §4.2", parsed.Error.Section);
        Assert.Contains(oid, parsed.Error.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_NamesAtTheLimit_AreReadAndOneMoreIsNot()
    {
        Assert.True(CertificateTests.Parse(b => b.WithValue("2.5.29.17", Names(ExtensionReader.MaxNames))).Succeeded);
        Assert.Equal(PkiErrorCodes.CertificateMalformed, CertificateTests.Parse(b => b.WithValue("2.5.29.17", Names(ExtensionReader.MaxNames + 1))).Error!.Code);
    }

    [Fact]
    public void Parse_PoliciesAtTheLimit_AreReadAndOneMoreIsNot()
    {
        Assert.True(CertificateTests.Parse(b => b.WithValue("2.5.29.32", Policies(ExtensionReader.MaxPolicies))).Succeeded);
        Assert.Equal(PkiErrorCodes.CertificateMalformed, CertificateTests.Parse(b => b.WithValue("2.5.29.32", Policies(ExtensionReader.MaxPolicies + 1))).Error!.Code);
    }

    private static byte[] Names(int count) => TestDer.Sequence([.. Enumerable.Range(0, count).Select(i => TestDer.ContextPrimitive(2, [(byte)('a' + (i % 26))]))]);

    private static byte[] Policies(int count) => TestDer.Sequence([.. Enumerable.Range(0, count).Select(i => TestDer.Sequence(TestDer.Oid($"2.999.{i}")))]);

    private static byte[] Attribute(string oid, string text) => TestDer.Sequence(TestDer.Oid(oid), TestDer.Text(UniversalTagNumber.UTF8String, text));

    private static byte[] Name(byte[] value) => TestDer.Sequence(TestDer.Set(TestDer.Sequence(TestDer.Oid("2.5.4.3"), value)));

    private static byte[] Extensions(byte[] extension) => TestDer.Context(3, TestDer.Sequence(extension));
}
