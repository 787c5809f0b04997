namespace MedId.Testing;

/// <summary>An OCSP response before it is signed (RFC 6960 §4.2.1). Everything can be changed; nothing is checked.</summary>
public sealed class TestOcspResponseBuilder
{
    private const string Basic = "1.3.6.1.5.5.7.48.1.1";
    private const string NonceOid = "1.3.6.1.5.5.7.48.1.2";

    /// <summary>responseStatus; only 0 has a body unless <see cref="BodyWithError"/> is set.</summary>
    public int Status { get; set; }

    /// <summary>Whether an error status has a body too.</summary>
    public bool BodyWithError { get; set; }

    /// <summary>Whether a successful status has no body.</summary>
    public bool NoBody { get; set; }

    /// <summary>responseType.</summary>
    public string ResponseType { get; set; } = Basic;

    /// <summary>The responder by name, when not null; otherwise by key.</summary>
    public TestName? ResponderName { get; set; }

    /// <summary>The key hash that names the responder when <see cref="ResponderName"/> is null.</summary>
    public byte[] ResponderKeyHash { get; set; } = [];

    /// <summary>producedAt.</summary>
    public DateTimeOffset ProducedAt { get; set; }

    /// <summary>The single responses in their order.</summary>
    public IList<TestOcspSingle> Singles { get; } = [];

    /// <summary>responseExtensions in their order.</summary>
    public IList<TestExtension> Extensions { get; } = [];

    /// <summary>The certificates that come with it.</summary>
    public IList<byte[]> Certificates { get; } = [];

    /// <summary>The key that signs.</summary>
    public required TestKey Signer { get; set; }

    /// <summary>How it is signed; as the key does when null.</summary>
    public TestSignatureAlgorithm? Algorithm { get; set; }

    /// <summary>Changes the signature before it is written.</summary>
    public Func<byte[], byte[]>? ChangeSignature { get; set; }

    /// <summary>Changes the whole response after it is signed.</summary>
    public Func<byte[], byte[]>? ChangeResponse { get; set; }

    /// <summary>Sets the nonce (RFC 9654); none when null.</summary>
    /// <param name="nonce">Its octets.</param>
    public TestOcspResponseBuilder WithNonce(byte[]? nonce)
    {
        foreach (var extension in Extensions.Where(extension => extension.Oid == NonceOid).ToList())
        {
            Extensions.Remove(extension);
        }

        if (nonce is not null)
        {
            Extensions.Add(new(NonceOid, Critical: false, TestDer.OctetString(nonce)));
        }

        return this;
    }

    /// <summary>Changes each single response.</summary>
    /// <param name="change">What becomes of one.</param>
    public TestOcspResponseBuilder ChangeSingles(Func<TestOcspSingle, TestOcspSingle> change)
    {
        for (var index = 0; index < Singles.Count; index++)
        {
            Singles[index] = change(Singles[index]);
        }

        return this;
    }

    /// <summary>Signs what was said.</summary>
    public byte[] Sign()
    {
        var der = (Status == 0 && !NoBody) || BodyWithError
            ? TestDer.Sequence(TestDer.Enumerated(Status), TestDer.Context(0, TestDer.Sequence(TestDer.Oid(ResponseType), TestDer.OctetString(BasicResponse()))))
            : TestDer.Sequence(TestDer.Enumerated(Status));
        return ChangeResponse?.Invoke(der) ?? der;
    }

    private byte[] BasicResponse()
    {
        var algorithm = Algorithm ?? Signer.DefaultAlgorithm;
        var data = TestDer.Sequence(
            ResponderName is { } name ? TestDer.Context(1, name.Der) : TestDer.Context(2, TestDer.OctetString(ResponderKeyHash)),
            TestDer.GeneralizedTime(ProducedAt),
            TestDer.Sequence([.. Singles.Select(single => single.Der)]),
            Extensions.Count == 0 ? [] : TestDer.Context(1, TestExtension.Sequence(Extensions)));
        var signature = Signer.Sign(data, algorithm);
        return TestDer.Sequence(
            data,
            TestAlgorithms.Identifier(algorithm),
            TestDer.BitString(ChangeSignature?.Invoke(signature) ?? signature),
            Certificates.Count == 0 ? [] : TestDer.Context(0, TestDer.Sequence([.. Certificates])));
    }
}
