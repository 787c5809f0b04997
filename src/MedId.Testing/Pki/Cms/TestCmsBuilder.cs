namespace MedId.Testing;

/// <summary>CMS SignedData before it is signed (RFC 5652 §5). Everything can be changed; nothing is checked.</summary>
public sealed class TestCmsBuilder
{
    private const string SignedDataOid = "1.2.840.113549.1.7.2";
    private const string DataOid = "1.2.840.113549.1.7.1";

    /// <summary>eContentType.</summary>
    public string ContentType { get; set; } = DataOid;

    /// <summary>What is signed.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Whether the content lies elsewhere.</summary>
    public bool Detached { get; set; }

    /// <summary>CMSVersion; as RFC 5652 §5.1 asks when null.</summary>
    public int? Version { get; set; }

    /// <summary>The signers.</summary>
    public IList<TestCmsSigner> Signers { get; } = [];

    /// <summary>certificates, encoded.</summary>
    public IList<byte[]> Certificates { get; } = [];

    /// <summary>crls, encoded.</summary>
    public IList<byte[]> Crls { get; } = [];

    /// <summary>digestAlgorithms, when they are not the signers'.</summary>
    public IReadOnlyList<byte[]>? DigestAlgorithms { get; set; }

    /// <summary>The outer content type, when it is not SignedData.</summary>
    public string OuterType { get; set; } = SignedDataOid;

    /// <summary>Changes the whole structure after it is signed.</summary>
    public Func<byte[], byte[]>? ChangeResult { get; set; }

    /// <summary>Adds a signer and its certificate.</summary>
    /// <param name="certificate">Who signs.</param>
    /// <param name="profile">Changes the signer.</param>
    public TestCmsBuilder SignedBy(TestCertificate certificate, Action<TestCmsSigner>? profile = null)
    {
        var signer = new TestCmsSigner(certificate);
        profile?.Invoke(signer);
        Signers.Add(signer);
        Certificates.Add(certificate.Der);
        return this;
    }

    /// <summary>Signs what was said.</summary>
    public byte[] Sign()
    {
        var digests = DigestAlgorithms ?? [.. Signers.Select(signer => signer.DigestAlgorithm).DistinctBy(Convert.ToHexString, StringComparer.Ordinal)];
        var signedData = TestDer.Sequence(
            TestDer.Integer(Version ?? (ContentType != DataOid || Signers.Any(signer => signer.ByKeyIdentifier) ? 3 : 1)),
            TestDer.Set([.. digests]),
            TestDer.Sequence(TestDer.Oid(ContentType), Detached ? [] : TestDer.Context(0, TestDer.OctetString(Content))),
            Certificates.Count == 0 ? [] : [0xA0, .. TestDer.Set([.. Certificates]).AsSpan(1)],
            Crls.Count == 0 ? [] : [0xA1, .. TestDer.Set([.. Crls]).AsSpan(1)],
            TestDer.Set([.. Signers.Select(signer => signer.Sign(ContentType, Content))]));
        var der = TestDer.Sequence(TestDer.Oid(OuterType), TestDer.Context(0, signedData));
        return ChangeResult?.Invoke(der) ?? der;
    }
}
