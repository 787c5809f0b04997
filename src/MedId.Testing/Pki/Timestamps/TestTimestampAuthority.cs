using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>A time-stamp authority (RFC 3161) that stamps at its authority's instant, and misbehaves by name.</summary>
public sealed class TestTimestampAuthority
{
    private const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    private readonly TestAuthority _authority;
    private int _serial;

    /// <summary>Makes a time-stamp authority.</summary>
    /// <param name="authority">Who issued its certificate.</param>
    /// <param name="certificate">Its certificate; a new one of <see cref="CreateCertificate"/> when null.</param>
    /// <param name="policy">Its policy.</param>
    public TestTimestampAuthority(TestAuthority authority, TestCertificate? certificate = null, string policy = "2.999.3161.1")
    {
        _authority = authority;
        Certificate = certificate ?? CreateCertificate(authority);
        Policy = policy;
    }

    /// <summary>Its certificate and key.</summary>
    public TestCertificate Certificate { get; }

    /// <summary>Its policy.</summary>
    public string Policy { get; }

    /// <summary>Issues the certificate of a time-stamp authority: the one purpose timeStamping, critical.</summary>
    /// <param name="authority">Who issues.</param>
    /// <param name="profiles">Change it before it is signed.</param>
    public static TestCertificate CreateCertificate(TestAuthority authority, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) => authority.Issue(
        TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB time-stamp authority")),
        [builder => builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.8") with { Critical = true }), .. profiles]);

    /// <summary>Answers a TimeStampReq with a TimeStampResp.</summary>
    /// <param name="request">The request as it came.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <param name="profiles">Change the token before it is signed.</param>
    public byte[] Respond(byte[] request, TimestampFault fault = TimestampFault.None, params ReadOnlySpan<Action<TestTimestampBuilder>> profiles)
    {
        if (TestTimestampRequest.TryRead(request) is not { } read)
        {
            return Status(2, failInfo: 5);
        }

        switch (fault)
        {
            case TimestampFault.Rejection:
                return Status(2, failInfo: 0);
            case TimestampFault.Waiting:
                return Status(3);
            case TimestampFault.GrantedWithoutToken:
                return Status(0);
            case TimestampFault.Garbage:
                return "not DER at all"u8.ToArray();
            default:
                var response = TestDer.Sequence(TestDer.Sequence(TestDer.Integer(0)), Token(read, fault, profiles));
                return fault == TimestampFault.TrailingBytes ? [.. response, 0x05, 0x00] : response;
        }
    }

    /// <summary>Stamps data that nobody asked about: a token alone, over SHA-256, with certificates.</summary>
    /// <param name="data">What is stamped; it is hashed here.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <param name="profiles">Change the token before it is signed.</param>
    public byte[] Stamp(byte[] data, TimestampFault fault = TimestampFault.None, params ReadOnlySpan<Action<TestTimestampBuilder>> profiles) =>
        Token(new(ImprintOf(data), null, null, WantsCertificate: true), fault, profiles);

    /// <summary>Writes a TimeStampReq for data, over SHA-256.</summary>
    /// <param name="data">What is to be stamped.</param>
    /// <param name="nonce">Content octets of the nonce; left out when null.</param>
    /// <param name="policy">The policy asked for; left out when null.</param>
    public static byte[] CreateRequest(byte[] data, byte[]? nonce = null, string? policy = null) => TestDer.Sequence(
        TestDer.Integer(1),
        ImprintOf(data),
        policy is null ? [] : TestDer.Oid(policy),
        nonce is null ? [] : TestDer.IntegerContent(nonce),
        TestDer.Boolean(true));

    private static byte[] ImprintOf(byte[] data) => Imprint(HashAlgorithmName.SHA256, SHA256.HashData(data));

    private static byte[] Imprint(HashAlgorithmName hash, byte[] digest) => TestDer.Sequence(TestAlgorithms.Digest(hash), TestDer.OctetString(digest));

    private static byte[] Status(int status, int? failInfo = null) =>
        TestDer.Sequence(TestDer.Sequence(TestDer.Integer(status), failInfo is { } bit ? TestDer.NamedBits(bit) : []));

    private byte[] Token(TestTimestampRequest request, TimestampFault fault, ReadOnlySpan<Action<TestTimestampBuilder>> profiles)
    {
        Span<byte> serial = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(serial, 0x01000000 + Interlocked.Increment(ref _serial));
        var signer = TimestampFaults.Certificate(fault, _authority) ?? Certificate;
        var builder = new TestTimestampBuilder
        {
            Policy = request.Policy ?? Policy,
            Imprint = request.Imprint,
            SerialNumber = serial.ToArray(),
            Time = _authority.Options.Now,
            Nonce = request.Nonce,
            Authority = TestGeneralName.Directory(signer.Subject),
            Cms = new TestCmsBuilder { ContentType = TstInfo }.SignedBy(signer, info => info.SigningTime = _authority.Options.Now),
        };
        for (var above = _authority; above is not null; above = above.Parent)
        {
            builder.Cms.Certificates.Add(above.Certificate.Der);
        }

        if (!request.WantsCertificate)
        {
            builder.Cms.Certificates.Clear();
        }

        TimestampFaults.Apply(fault, builder, _authority);
        foreach (var profile in profiles)
        {
            profile(builder);
        }

        return builder.Sign();
    }
}
