using System.Security.Cryptography;

namespace MedId.Testing;

/// <summary>Answers OCSP requests for one authority, itself or by a delegate, and misbehaves by name.</summary>
public sealed class TestOcspResponder
{
    private readonly TestAuthority _authority;
    private readonly TestCertificate? _delegate;

    /// <summary>Makes a responder.</summary>
    /// <param name="authority">Whose certificates it answers for.</param>
    /// <param name="delegated">Who signs (see <see cref="CreateDelegate"/>); the authority itself when null.</param>
    public TestOcspResponder(TestAuthority authority, TestCertificate? delegated = null) => (_authority, _delegate) = (authority, delegated);

    /// <summary>Issues the certificate of a responder: purpose OCSPSigning, without revocation check.</summary>
    /// <param name="authority">Who issues.</param>
    /// <param name="noCheck">Whether id-pkix-ocsp-nocheck is in it.</param>
    /// <param name="profiles">Change it before it is signed.</param>
    public static TestCertificate CreateDelegate(TestAuthority authority, bool noCheck = true, params Action<TestCertificateBuilder>[] profiles) =>
        authority.Issue(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB OCSP responder")), TestKey.Create(TestKeyKind.P256), [builder => Purpose(builder, noCheck), .. profiles]);

    /// <summary>The CertID of a certificate (RFC 6960 §4.1.1).</summary>
    /// <param name="issuer">Who issued it.</param>
    /// <param name="serialNumber">Content octets of its serial number.</param>
    /// <param name="hash">SHA-1, as RFC 5019 §2.1.1 asks, when null.</param>
    public static byte[] CertificateId(TestAuthority issuer, byte[] serialNumber, HashAlgorithmName? hash = null)
    {
        var algorithm = hash ?? HashAlgorithmName.SHA1;
        return TestDer.Sequence(
            TestDer.Sequence(TestDer.Oid(TestAlgorithms.DigestOid(algorithm)), TestDer.Null),
            TestDer.OctetString(CryptographicOperations.HashData(algorithm, issuer.Name.Der)),
            TestDer.OctetString(CryptographicOperations.HashData(algorithm, TestKey.PublicKeyBits(issuer.Key.SubjectPublicKeyInfo))),
            TestDer.IntegerContent(serialNumber));
    }

    /// <summary>Answers a request.</summary>
    /// <param name="request">The request as it came.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <param name="profiles">Change the response before it is signed.</param>
    public byte[] Respond(byte[] request, OcspFault fault = OcspFault.None, params ReadOnlySpan<Action<TestOcspResponseBuilder>> profiles) =>
        TestOcspRequest.TryRead(request) is { } read ? Respond(read.Asked, read.Nonce, fault, profiles) : new TestOcspResponseBuilder { Signer = Signer, Status = 1 }.Sign();

    /// <summary>Answers for a certificate that nobody asked about, as a stapled or stored response does: CertID with SHA-1, no nonce.</summary>
    /// <param name="certificate">Which.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <param name="profiles">Change the response before it is signed.</param>
    public byte[] RespondFor(TestCertificate certificate, OcspFault fault = OcspFault.None, params ReadOnlySpan<Action<TestOcspResponseBuilder>> profiles) =>
        Respond([(CertificateId(_authority, certificate.SerialNumber), certificate.SerialNumber)], nonce: null, fault, profiles);

    private TestKey Signer => _delegate?.Key ?? _authority.Key;

    private DateTimeOffset Now => _authority.Options.Now;

    private byte[] Respond(IReadOnlyList<(byte[] Id, byte[] SerialNumber)> asked, byte[]? nonce, OcspFault fault, ReadOnlySpan<Action<TestOcspResponseBuilder>> profiles)
    {
        var builder = new TestOcspResponseBuilder
        {
            Signer = Signer,
            Algorithm = _delegate is null ? _authority.Algorithm : null,
            ResponderName = (_delegate ?? _authority.Certificate).Subject,
            ProducedAt = Now.AddMinutes(-5),
        };
        if (_delegate is not null)
        {
            builder.Certificates.Add(_delegate.Der);
        }

        foreach (var (id, serialNumber) in asked)
        {
            builder.Singles.Add(Single(id, serialNumber));
        }

        builder.WithNonce(nonce);
        OcspFaults.Apply(fault, builder, _authority);
        foreach (var profile in profiles)
        {
            profile(builder);
        }

        return builder.Sign();
    }

    private TestOcspSingle Single(byte[] id, byte[] serialNumber)
    {
        var single = new TestOcspSingle { CertificateId = id, ThisUpdate = Now.AddMinutes(-5), NextUpdate = Now.AddHours(12) };
        return _authority.FindRevocation(serialNumber) is { } revocation
            ? single with { Status = TestOcspStatus.Revoked, RevokedAt = revocation.At, Reason = revocation.Reason }
            : single;
    }

    private static void Purpose(TestCertificateBuilder builder, bool noCheck)
    {
        builder.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.9"));
        if (noCheck)
        {
            builder.With(TestExtensions.OcspNoCheck());
        }
    }
}
