using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>One SignerInfo being written (RFC 5652 §5.3). Everything can be changed; nothing is checked.</summary>
public sealed class TestCmsSigner
{
    private const string ContentTypeOid = "1.2.840.113549.1.9.3";
    private const string MessageDigestOid = "1.2.840.113549.1.9.4";
    private const string SigningTimeOid = "1.2.840.113549.1.9.5";
    private const string SigningCertificateOid = "1.2.840.113549.1.9.16.2.12";
    private const string SigningCertificateV2Oid = "1.2.840.113549.1.9.16.2.47";

    /// <summary>Makes a signer.</summary>
    /// <param name="certificate">Who signs, with the key.</param>
    public TestCmsSigner(TestCertificate certificate)
    {
        Certificate = certificate;
        Key = certificate.Key;
        Named = certificate;
    }

    /// <summary>Who signs.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>The key that signs, when it is not the certificate's.</summary>
    public TestKey Key { get; set; }

    /// <summary>The certificate that signingCertificateV2 names, when it is not the signer's; the attribute is left out when null.</summary>
    public TestCertificate? Named { get; set; }

    /// <summary>Whether the certificate is named with SHA-1 (signingCertificate).</summary>
    public bool NamedBySha1 { get; set; }

    /// <summary>Whether the sid is the subject key identifier.</summary>
    public bool ByKeyIdentifier { get; set; }

    /// <summary>How it is signed; as the key does when null.</summary>
    public TestSignatureAlgorithm? Algorithm { get; set; }

    /// <summary>The octets of signatureAlgorithm, when they are not the algorithm's: rsaEncryption, for example.</summary>
    public byte[]? AlgorithmIdentifier { get; set; }

    /// <summary>The octets of digestAlgorithm, when they are not the algorithm's.</summary>
    public byte[]? DigestIdentifier { get; set; }

    /// <summary>signingTime; left out when null.</summary>
    public DateTimeOffset? SigningTime { get; set; }

    /// <summary>Whether the content is signed without signed attributes.</summary>
    public bool WithoutSignedAttributes { get; set; }

    /// <summary>Whether the signed attributes are written in the order they were made instead of DER's.</summary>
    public bool Unsorted { get; set; }

    /// <summary>More signed attributes, or other values for usual ones: an attribute here keeps the usual one of its OID out.</summary>
    public IList<TestCmsAttribute> SignedAttributes { get; } = [];

    /// <summary>The usual signed attributes that are left out, by OID.</summary>
    public ISet<string> Omitted { get; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>unsignedAttrs; they may depend on the signature.</summary>
    public IList<Func<byte[], TestCmsAttribute>> UnsignedAttributes { get; } = [];

    /// <summary>Changes the signature before it is written.</summary>
    public Func<byte[], byte[]>? ChangeSignature { get; set; }

    internal byte[] DigestAlgorithm => DigestIdentifier ?? TestAlgorithms.Digest(Hash);

    private TestSignatureAlgorithm Signing => Algorithm ?? Key.DefaultAlgorithm;

    private HashAlgorithmName Hash => TestAlgorithms.Hash(Signing);

    internal byte[] Sign(string contentType, byte[] content)
    {
        var attributes = WithoutSignedAttributes ? [] : Attributes(contentType, content).Select(attribute => attribute.Der).ToArray();
        var set = Unsorted ? TestDer.UnsortedSet(attributes) : TestDer.Set(attributes);
        var signature = Key.Sign(WithoutSignedAttributes ? content : set, Signing);
        signature = ChangeSignature?.Invoke(signature) ?? signature;
        return TestDer.Sequence(
            TestDer.Integer(ByKeyIdentifier ? 3 : 1),
            ByKeyIdentifier ? TestDer.ContextPrimitive(0, Certificate.Key.Identifier) : TestDer.Sequence(Certificate.Issuer.Der, TestDer.IntegerContent(Certificate.SerialNumber)),
            DigestAlgorithm,
            WithoutSignedAttributes ? [] : [0xA0, .. set.AsSpan(1)],
            AlgorithmIdentifier ?? TestAlgorithms.Identifier(Signing),
            TestDer.OctetString(signature),
            UnsignedAttributes.Count == 0 ? [] : [0xA1, .. TestDer.Set([.. UnsignedAttributes.Select(make => make(signature).Der)]).AsSpan(1)]);
    }

    private IEnumerable<TestCmsAttribute> Attributes(string contentType, byte[] content)
    {
        List<TestCmsAttribute> usual =
        [
            new(ContentTypeOid, TestDer.Oid(contentType)),
            new(MessageDigestOid, TestDer.OctetString(CryptographicOperations.HashData(Hash, content))),
        ];
        if (SigningTime is { } time)
        {
            usual.Add(new(SigningTimeOid, TestDer.Time(time)));
        }

        if (Named is { } named)
        {
            usual.Add(NamedBySha1
                ? new(SigningCertificateOid, TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(TestDer.OctetString(TestKey.Sha1(named.Der))))))
                : new(SigningCertificateV2Oid, TestDer.Sequence(TestDer.Sequence(TestDer.Sequence(TestDer.OctetString(SHA256.HashData(named.Der)))))));
        }

        return usual.Where(attribute => !Omitted.Contains(attribute.Oid) && SignedAttributes.All(own => own.Oid != attribute.Oid)).Concat(SignedAttributes);
    }
}
