namespace MedId.Testing;

/// <summary>A CRL before it is signed. Everything can be changed; nothing is checked.</summary>
public sealed class TestCrlBuilder
{
    private readonly Dictionary<TestCrlField, byte[]> _replaced = [];

    /// <summary>The version as it is named: 2 writes 1, 1 writes nothing.</summary>
    public int Version { get; set; } = 2;

    /// <summary>Who issues.</summary>
    public required TestName Issuer { get; set; }

    /// <summary>The key that signs.</summary>
    public required TestKey IssuerKey { get; set; }

    /// <summary>How it is signed; as the key does when null.</summary>
    public TestSignatureAlgorithm? Algorithm { get; set; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset ThisUpdate { get; set; }

    /// <summary>When the next one is due at the latest; left out when null.</summary>
    public DateTimeOffset? NextUpdate { get; set; }

    /// <summary>The entries in their order.</summary>
    public IList<TestCrlEntry> Entries { get; } = [];

    /// <summary>The CRL's extensions in their order.</summary>
    public IList<TestExtension> Extensions { get; } = [];

    /// <summary>Changes the signature before it is written.</summary>
    public Func<byte[], byte[]>? ChangeSignature { get; set; }

    /// <summary>Changes the whole CRL after it is signed.</summary>
    public Func<byte[], byte[]>? ChangeCrl { get; set; }

    /// <summary>Puts an extension in the place of the one with its OID, or behind all others.</summary>
    /// <param name="extension">The extension.</param>
    public TestCrlBuilder With(TestExtension extension)
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
    public TestCrlBuilder Without(string oid)
    {
        foreach (var extension in Extensions.Where(extension => extension.Oid == oid).ToList())
        {
            Extensions.Remove(extension);
        }

        return this;
    }

    /// <summary>Limits the scope: issuingDistributionPoint.</summary>
    /// <param name="point">The scope.</param>
    public TestCrlBuilder Within(TestIssuingDistributionPoint point) => With(TestCrlExtensions.IssuingDistributionPoint(point));

    /// <summary>Makes it a delta CRL to a base.</summary>
    /// <param name="baseNumber">BaseCRLNumber.</param>
    public TestCrlBuilder DeltaTo(int baseNumber) => With(TestCrlExtensions.DeltaIndicator(baseNumber));

    /// <summary>Adds an entry.</summary>
    /// <param name="serialNumber">Content octets of the serial number.</param>
    /// <param name="at">Since when.</param>
    /// <param name="reason">CRLReason; none is written when null.</param>
    /// <param name="extensions">More extensions of the entry.</param>
    public TestCrlBuilder Revoke(byte[] serialNumber, DateTimeOffset at, int? reason = null, params IEnumerable<TestExtension> extensions)
    {
        Entries.Add(new(serialNumber, at, reason is { } code ? [TestCrlExtensions.Reason(code), .. extensions] : [.. extensions]));
        return this;
    }

    /// <summary>Writes other octets in the place of a field; none leave it out.</summary>
    /// <param name="field">The field.</param>
    /// <param name="der">Its encoding with tag and length.</param>
    public TestCrlBuilder Replace(TestCrlField field, byte[] der)
    {
        _replaced[field] = der;
        return this;
    }

    /// <summary>Signs what was said.</summary>
    public byte[] Sign()
    {
        var algorithm = Algorithm ?? IssuerKey.DefaultAlgorithm;
        var identifier = TestAlgorithms.Identifier(algorithm);
        var signed = TestDer.Sequence(
            Field(TestCrlField.Version, Version == 1 ? [] : TestDer.Integer(Version - 1)),
            Field(TestCrlField.Signature, identifier),
            Field(TestCrlField.Issuer, Issuer.Der),
            Field(TestCrlField.ThisUpdate, TestDer.Time(ThisUpdate)),
            Field(TestCrlField.NextUpdate, NextUpdate is { } next ? TestDer.Time(next) : []),
            Field(TestCrlField.RevokedCertificates, Entries.Count == 0 ? [] : TestDer.Sequence([.. Entries.Select(entry => entry.Der)])),
            Field(TestCrlField.Extensions, Extensions.Count == 0 ? [] : TestDer.Context(0, TestExtension.Sequence(Extensions))));
        var signature = IssuerKey.Sign(signed, algorithm);
        var der = TestDer.Sequence(
            signed,
            Field(TestCrlField.SignatureAlgorithm, identifier),
            Field(TestCrlField.SignatureValue, TestDer.BitString(ChangeSignature?.Invoke(signature) ?? signature)));
        return ChangeCrl?.Invoke(der) ?? der;
    }

    private byte[] Field(TestCrlField field, byte[] usual) => _replaced.GetValueOrDefault(field, usual);
}
