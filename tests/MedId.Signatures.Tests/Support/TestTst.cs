using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>A time-stamp token before it is written.</summary>
internal sealed class TestTst
{
    public const string ContentType = "1.2.840.113549.1.9.16.1.4";

    private readonly TestCertificate _service;

    public TestTst(TestCertificate service)
    {
        _service = service;
        Authority = TestDer.Context(0, TestDer.Context(4, service.Subject.Der));
    }

    public byte[] Version { get; set; } = TestDer.Integer(1);

    public string Policy { get; set; } = SignatureScene.TsaPolicy;

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    public byte[]? ImprintAlgorithm { get; set; }

    public byte[]? Imprint { get; set; }

    public byte[] Serial { get; set; } = TestDer.Integer(4711);

    public string Time { get; set; } = Text(SignatureScene.StampedAt);

    public byte[] Accuracy { get; set; } = TestDer.Sequence(TestDer.Integer(1));

    public byte[] Ordering { get; set; } = [];

    public byte[] Nonce { get; set; } = [];

    public byte[] Authority { get; set; }

    public byte[] Extensions { get; set; } = [];

    public byte[] Tail { get; set; } = [];

    public Action<TestCms>? Around { get; set; }

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyyMMddHHmmss'Z'", CultureInfo.InvariantCulture);

    public byte[] Info(byte[] stamped) => TestDer.Sequence(
        Version,
        TestDer.Oid(Policy),
        TestDer.Sequence(ImprintAlgorithm ?? TestCmsSigner.Digest(Hash), TestDer.OctetString(Imprint ?? CryptographicOperations.HashData(Hash, stamped))),
        Serial,
        TestDer.Tlv(0x18, Encoding.ASCII.GetBytes(Time)),
        Accuracy,
        Ordering,
        Nonce,
        Authority,
        Extensions,
        Tail);

    /// <summary>The token over data.</summary>
    public byte[] Write(byte[] stamped)
    {
        var cms = TestCms.By(_service);
        cms.Attached = true;
        cms.Version = 3;
        cms.ContentType = ContentType;
        cms.Content = Info(stamped);
        cms.Signers[0].ClaimedTime = null;
        Around?.Invoke(cms);
        return cms.Write();
    }

    /// <summary>The unsigned attribute with the token over a signature.</summary>
    public byte[] Attribute(byte[] signature) => TestCmsSigner.Attribute(TestCmsSigner.SignatureTimestamp, Write(signature));
}
