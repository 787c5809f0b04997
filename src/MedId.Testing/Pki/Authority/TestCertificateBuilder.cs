namespace MedId.Testing;

/// <summary>A certificate before it is signed. Everything can be changed; nothing is checked.</summary>
public sealed class TestCertificateBuilder
{
    private readonly Dictionary<TestCertificateField, byte[]> _replaced = [];

    /// <summary>The version as it is named: 3 writes 2.</summary>
    public int Version { get; set; } = 3;

    /// <summary>Content octets of serialNumber, two's complement.</summary>
    public byte[] SerialNumber { get; set; } = [1];

    /// <summary>Who issues.</summary>
    public TestName Issuer { get; set; } = TestName.Empty;

    /// <summary>Whom it is for.</summary>
    public TestName Subject { get; set; } = TestName.Empty;

    /// <summary>From when it is valid, inclusive.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Until when it is valid, inclusive.</summary>
    public DateTimeOffset NotAfter { get; set; }

    /// <summary>The subject's key.</summary>
    public required TestKey Key { get; set; }

    /// <summary>The key that signs.</summary>
    public required TestKey IssuerKey { get; set; }

    /// <summary>How it is signed; as the issuer's key does when null.</summary>
    public TestSignatureAlgorithm? Algorithm { get; set; }

    /// <summary>The extensions in their order; an OID may stand in it twice.</summary>
    public IList<TestExtension> Extensions { get; } = [];

    /// <summary>Changes the signature before it is written.</summary>
    public Func<byte[], byte[]>? ChangeSignature { get; set; }

    /// <summary>Changes the whole certificate after it is signed.</summary>
    public Func<byte[], byte[]>? ChangeCertificate { get; set; }

    /// <summary>Puts an extension in the place of the one with its OID, or behind all others.</summary>
    /// <param name="extension">The extension.</param>
    public TestCertificateBuilder With(TestExtension extension)
    {
        for (var index = 0; index < Extensions.Count; index++)
        {
            if (Extensions[index].Oid == extension.Oid)
            {
                Extensions[index] = extension;
                return this;
            }
        }

        Extensions.Add(extension);
        return this;
    }

    /// <summary>Leaves the extensions of an OID out.</summary>
    /// <param name="oid">The OID.</param>
    public TestCertificateBuilder Without(string oid)
    {
        foreach (var extension in Extensions.Where(extension => extension.Oid == oid).ToList())
        {
            Extensions.Remove(extension);
        }

        return this;
    }

    /// <summary>Writes an extension twice.</summary>
    /// <param name="oid">Its OID.</param>
    public TestCertificateBuilder Duplicate(string oid)
    {
        Extensions.Add(Extensions.First(extension => extension.Oid == oid));
        return this;
    }

    /// <summary>Marks an extension critical or not.</summary>
    /// <param name="oid">Its OID.</param>
    /// <param name="critical">The mark.</param>
    public TestCertificateBuilder MarkCritical(string oid, bool critical) => With(Extensions.First(extension => extension.Oid == oid) with { Critical = critical });

    /// <summary>Writes other octets into an extension.</summary>
    /// <param name="oid">Its OID.</param>
    /// <param name="value">The octets of extnValue.</param>
    public TestCertificateBuilder WithValue(string oid, byte[] value) => With(Extensions.First(extension => extension.Oid == oid) with { Value = value });

    /// <summary>Writes other octets in the place of a field; none leave it out.</summary>
    /// <param name="field">The field.</param>
    /// <param name="der">Its encoding with tag and length.</param>
    public TestCertificateBuilder Replace(TestCertificateField field, byte[] der)
    {
        _replaced[field] = der;
        return this;
    }

    /// <summary>Sets the times.</summary>
    /// <param name="notBefore">From when.</param>
    /// <param name="notAfter">Until when.</param>
    public TestCertificateBuilder Valid(DateTimeOffset notBefore, DateTimeOffset notAfter)
    {
        (NotBefore, NotAfter) = (notBefore, notAfter);
        return this;
    }

    /// <summary>Signs what was said.</summary>
    public TestCertificate Sign()
    {
        var algorithm = Algorithm ?? IssuerKey.DefaultAlgorithm;
        var identifier = TestAlgorithms.Identifier(algorithm);
        var signed = TestDer.Sequence(
            Field(TestCertificateField.Version, Version == 1 ? [] : TestDer.Context(0, TestDer.Integer(Version - 1))),
            Field(TestCertificateField.SerialNumber, TestDer.IntegerContent(SerialNumber)),
            Field(TestCertificateField.Signature, identifier),
            Field(TestCertificateField.Issuer, Issuer.Der),
            Field(TestCertificateField.Validity, TestDer.Sequence(TestDer.Time(NotBefore), TestDer.Time(NotAfter))),
            Field(TestCertificateField.Subject, Subject.Der),
            Field(TestCertificateField.SubjectPublicKeyInfo, Key.SubjectPublicKeyInfo),
            Field(TestCertificateField.IssuerUniqueId, []),
            Field(TestCertificateField.SubjectUniqueId, []),
            Field(TestCertificateField.Extensions, Extensions.Count == 0 ? [] : TestDer.Context(3, TestExtension.Sequence(Extensions))));
        var signature = IssuerKey.Sign(signed, algorithm);
        var der = TestDer.Sequence(
            signed,
            Field(TestCertificateField.SignatureAlgorithm, identifier),
            Field(TestCertificateField.SignatureValue, TestDer.BitString(ChangeSignature?.Invoke(signature) ?? signature)));
        return new(ChangeCertificate?.Invoke(der) ?? der, Key, IssuerKey)
        {
            Subject = Subject,
            Issuer = Issuer,
            SerialNumber = SerialNumber,
            NotBefore = NotBefore,
            NotAfter = NotAfter,
        };
    }

    private byte[] Field(TestCertificateField field, byte[] usual) => _replaced.GetValueOrDefault(field, usual);
}
