using System.Security.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>A CMS structure before it is written, by code that shares nothing with the verifier. Everything can be changed; nothing is checked.</summary>
internal sealed class TestCms
{
    public const string Data = "1.2.840.113549.1.7.1";

    public byte[] Content { get; set; } = "処方箋 2026-04-01"u8.ToArray();

    public bool Attached { get; set; }

    public string OuterType { get; set; } = "1.2.840.113549.1.7.2";

    public string ContentType { get; set; } = Data;

    public int Version { get; set; } = 1;

    public List<byte[]> DigestAlgorithms { get; } = [TestCmsSigner.Digest(HashAlgorithmName.SHA256)];

    public List<byte[]> Certificates { get; } = [];

    public List<byte[]> Revocation { get; } = [];

    public List<TestCmsSigner> Signers { get; } = [];

    public Func<byte[], byte[]>? ChangeContent { get; set; }

    /// <summary>A detached structure with one signer, CAdES B-B.</summary>
    public static TestCms By(TestCertificate signer)
    {
        var cms = new TestCms();
        cms.Certificates.Add(signer.Der);
        cms.Signers.Add(new(signer));
        return cms;
    }

    public byte[] Write()
    {
        byte[] encapsulated = Attached ? TestDer.Context(0, TestDer.OctetString(ChangeContent?.Invoke(Content) ?? Content)) : [];
        return TestDer.Sequence(
            TestDer.Oid(OuterType),
            TestDer.Context(0, TestDer.Sequence(
                TestDer.Integer(Version),
                TestDer.Set([.. DigestAlgorithms]),
                TestDer.Sequence(TestDer.Oid(ContentType), encapsulated),
                Certificates.Count == 0 ? [] : Retag(TestDer.Set([.. Certificates]), 0xA0),
                Revocation.Count == 0 ? [] : Retag(TestDer.Set([.. Revocation]), 0xA1),
                TestDer.Set([.. Signers.Select(s => s.Write(this))]))));
    }

    public static byte[] Retag(byte[] der, byte tag) => [tag, .. der[1..]];
}
