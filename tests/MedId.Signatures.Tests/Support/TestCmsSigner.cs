using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>One SignerInfo before it is written.</summary>
internal sealed class TestCmsSigner
{
    public const string ContentType = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string Protection = "1.2.840.113549.1.9.52";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";
    public const string SignatureTimestamp = "1.2.840.113549.1.9.16.2.14";
    public const string ContentTimestamp = "1.2.840.113549.1.9.16.2.20";

    private readonly Dictionary<string, byte[]?> _replaced = [];
    private readonly List<byte[]> _added = [];
    private readonly TestCertificate _certificate;

    public TestCmsSigner(TestCertificate certificate)
    {
        (_certificate, NamedCertificate) = (certificate, certificate);
        SignatureAlgorithm = certificate.Key.IsRsa
            ? TestDer.Sequence(TestDer.Oid("1.2.840.113549.1.1.11"), TestDer.Null)
            : TestDer.Sequence(TestDer.Oid("1.2.840.10045.4.3.2"));
    }

    public int Version { get; set; } = 1;

    public byte[]? Identifier { get; set; }

    /// <summary>Whose key signs; the certificate's when null.</summary>
    public TestKey? Key { get; set; }

    public TestCertificate NamedCertificate { get; set; }

    public HashAlgorithmName Hash { get; set; } = HashAlgorithmName.SHA256;

    public byte[]? DigestAlgorithm { get; set; }

    public byte[] SignatureAlgorithm { get; set; }

    public TestSignatureAlgorithm? SignWith { get; set; }

    public bool HasAttributes { get; set; } = true;

    public DateTimeOffset? ClaimedTime { get; set; } = SignatureScene.Now.AddHours(-1);

    /// <summary>Writes the attributes as they go into the message (tag [0]) from the attributes in the order of their writing.</summary>
    public Func<List<byte[]>, byte[]>? WriteAttributes { get; set; }

    /// <summary>Whether the attributes are signed as they lie in the message.</summary>
    public bool SignsAsWritten { get; set; }

    public Func<byte[], byte[]>? ChangeSignature { get; set; }

    public byte[]? LastSignature { get; private set; }

    public List<byte[]> Unsigned { get; } = [];

    /// <summary>Made from the signature, such as a time-stamp.</summary>
    public Func<byte[], byte[]>? UnsignedFromSignature { get; set; }

    public static byte[] Digest(HashAlgorithmName hash) => TestDer.Sequence(TestDer.Oid(DigestOid(hash)));

    public static byte[] Attribute(string oid, params byte[][] values) => TestDer.Sequence(TestDer.Oid(oid), TestDer.Set(values));

    public static byte[] EssV2(TestCertificate certificate, TestName? issuer = null) => TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(
        TestDer.OctetString(SHA256.HashData(certificate.Der)),
        TestDer.Sequence(TestDer.Sequence(TestDer.Context(4, (issuer ?? certificate.Issuer).Der)), TestDer.IntegerContent(certificate.SerialNumber)))));

    public static byte[] EssV1(TestCertificate certificate) => TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(TestDer.OctetString(CryptographicOperations.HashData(HashAlgorithmName.SHA1, certificate.Der)))));

    /// <summary>Another value in the place of an attribute's, which is left out when null.</summary>
    public TestCmsSigner With(string oid, byte[]? value)
    {
        _replaced[oid] = value;
        return this;
    }

    /// <summary>A whole attribute more.</summary>
    public TestCmsSigner Adding(byte[] attribute)
    {
        _added.Add(attribute);
        return this;
    }

    public byte[] Write(TestCms cms)
    {
        var digest = DigestAlgorithm ?? Digest(Hash);
        var attributes = Attributes(cms);
        var inMessage = WriteAttributes?.Invoke(attributes) ?? TestCms.Retag(TestDer.Set([.. attributes]), 0xA0);
        var signed = !HasAttributes ? cms.Content : SignsAsWritten ? TestCms.Retag(inMessage, 0x31) : TestDer.Set([.. attributes]);
        var signature = (Key ?? _certificate.Key).Sign(signed, SignWith);
        signature = ChangeSignature?.Invoke(signature) ?? signature;
        LastSignature = signature;
        List<byte[]> unsigned = [.. Unsigned];
        if (UnsignedFromSignature is not null)
        {
            unsigned.Add(UnsignedFromSignature(signature));
        }

        return TestDer.Sequence(
            TestDer.Integer(Version),
            Identifier ?? TestDer.Sequence(_certificate.Issuer.Der, TestDer.IntegerContent(_certificate.SerialNumber)),
            digest,
            HasAttributes ? inMessage : [],
            SignatureAlgorithm,
            TestDer.OctetString(signature),
            unsigned.Count == 0 ? [] : TestCms.Retag(TestDer.Set([.. unsigned]), 0xA1));
    }

    private static string DigestOid(HashAlgorithmName hash) => hash.Name switch
    {
        "SHA1" => "1.3.14.3.2.26",
        "SHA384" => "2.16.840.1.101.3.4.2.2",
        "SHA512" => "2.16.840.1.101.3.4.2.3",
        "MD5" => "1.2.840.113549.2.5",
        _ => "2.16.840.1.101.3.4.2.1",
    };

    private List<byte[]> Attributes(TestCms cms)
    {
        var values = new List<(string Oid, byte[]? Value)>
        {
            (ContentType, TestDer.Oid(cms.ContentType)),
            (MessageDigest, TestDer.OctetString(CryptographicOperations.HashData(Hash, cms.Content))),
            (SigningTime, ClaimedTime is { } time ? TestDer.Time(time) : null),
            (SigningCertificateV2, EssV2(NamedCertificate)),
        };
        foreach (var (oid, value) in _replaced)
        {
            values.RemoveAll(v => v.Oid == oid);
            values.Add((oid, value));
        }

        return [.. values.Where(v => v.Value is not null).Select(v => Attribute(v.Oid, v.Value!)), .. _added];
    }
}
