namespace MedId.Testing;

/// <summary>A TSTInfo before it is signed (RFC 3161 §2.4.2). Everything can be changed; nothing is checked.</summary>
public sealed class TestTimestampBuilder
{
    /// <summary>The version.</summary>
    public int Version { get; set; } = 1;

    /// <summary>The policy.</summary>
    public string Policy { get; set; } = string.Empty;

    /// <summary>The MessageImprint, encoded.</summary>
    public byte[] Imprint { get; set; } = [];

    /// <summary>Content octets of the serial number.</summary>
    public byte[] SerialNumber { get; set; } = [1];

    /// <summary>genTime.</summary>
    public DateTimeOffset Time { get; set; }

    /// <summary>genTime, encoded, when it is not <see cref="Time"/>.</summary>
    public byte[]? TimeDer { get; set; }

    /// <summary>Seconds of the accuracy; left out when null.</summary>
    public int? AccuracySeconds { get; set; } = 1;

    /// <summary>ordering.</summary>
    public bool Ordering { get; set; }

    /// <summary>Content octets of the nonce; left out when null.</summary>
    public byte[]? Nonce { get; set; }

    /// <summary>tsa; left out when null.</summary>
    public TestGeneralName? Authority { get; set; }

    /// <summary>The extensions.</summary>
    public IList<TestExtension> Extensions { get; } = [];

    /// <summary>The CMS structure around, with its one signer.</summary>
    public required TestCmsBuilder Cms { get; init; }

    internal byte[] Sign()
    {
        Cms.Content = TestDer.Sequence(
            TestDer.Integer(Version),
            TestDer.Oid(Policy),
            Imprint,
            TestDer.IntegerContent(SerialNumber),
            TimeDer ?? TestDer.GeneralizedTime(Time),
            AccuracySeconds is { } seconds ? TestDer.Sequence(TestDer.Integer(seconds)) : [],
            Ordering ? TestDer.Boolean(true) : [],
            Nonce is null ? [] : TestDer.IntegerContent(Nonce),
            Authority is null ? [] : TestDer.Context(0, Authority.Der.ToArray()),
            Extensions.Count == 0 ? [] : [0xA1, .. TestExtension.Sequence(Extensions).AsSpan(1)]);
        return Cms.Sign();
    }
}
