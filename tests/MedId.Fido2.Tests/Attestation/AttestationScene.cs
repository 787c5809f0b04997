using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido2.Tests;

/// <summary>One registration being written by hand: valid until a test changes one thing. All of it is synthetic.</summary>
internal sealed class AttestationScene
{
    public const string AaguidOid = "1.3.6.1.4.1.45724.1.1.4";

    /// <summary>Who issues every attestation certificate of the tests.</summary>
    public static TestAuthority Authority { get; } = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "Test Authenticators"), ("CN", "Test Attestation Root")));

    public static DateTimeOffset At { get; } = Authority.Options.Now;

    public static Guid Aaguid { get; } = new("00112233-4455-6677-8899-aabbccddeeff");

    public static TestName PackedSubject { get; } = TestName.Of(("C", "JP"), ("O", "Test Authenticators"), ("OU", "Authenticator Attestation"), ("CN", "Test Model"));

    public TestKey Key { get; set; } = TestKey.Named("credential", TestKeyKind.P256);

    public long Algorithm { get; set; } = -7;

    public byte[] CredentialId { get; set; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    public byte[] Hash { get; set; } = SHA256.HashData("client data"u8);

    public AttestationTrustPolicy Policy { get; set; } = new() { Anchors = [Anchor(Authority)] };

    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    public byte[] CoseKey => Cose(Key, Algorithm);

    public byte[] AuthenticatorData =>
    [
        .. SHA256.HashData("example.org"u8), 0x45, 0, 0, 0, 7,
        .. Aaguid.ToByteArray(bigEndian: true), (byte)(CredentialId.Length >> 8), (byte)CredentialId.Length, .. CredentialId, .. CoseKey,
    ];

    public byte[] ToBeSigned => [.. AuthenticatorData, .. Hash];

    public AttestationRules Rules => new() { Policy = Policy, Algorithms = Algorithms, At = At };

    public static TrustAnchor Anchor(TestAuthority authority) => TrustAnchor.FromCertificate(Read(authority.Certificate));

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    /// <summary>An end entity's certificate as §8.2.1 asks, then changed.</summary>
    public static TestCertificate Issue(TestName subject, TestKey key, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) => Authority.Issue(
        subject, key, [builder => builder.With(TestExtensions.BasicConstraints(isCa: false)), .. profiles]);

    public static byte[] Cose(TestKey key, long algorithm)
    {
        if (!key.IsRsa)
        {
            var (curve, length) = key.Kind switch { TestKeyKind.P256 => (1, 32), TestKeyKind.P384 => (2, 48), _ => (3, 66) };
            var point = key.SubjectPublicKeyInfo[^(2 * length)..];
            return RawCbor.Map(
                (RawCbor.Int(1), RawCbor.Int(2)), (RawCbor.Int(3), RawCbor.Int(algorithm)), (RawCbor.Int(-1), RawCbor.Int(curve)),
                (RawCbor.Int(-2), RawCbor.Bytes(point[..length])), (RawCbor.Int(-3), RawCbor.Bytes(point[length..])));
        }

        var rsa = Rsa(key);
        return RawCbor.Map(
            (RawCbor.Int(1), RawCbor.Int(3)), (RawCbor.Int(3), RawCbor.Int(algorithm)), (RawCbor.Int(-1), RawCbor.Bytes(rsa.Modulus!)), (RawCbor.Int(-2), RawCbor.Bytes(rsa.Exponent!)));
    }

    public static RSAParameters Rsa(TestKey key)
    {
        using var rsa = RSA.Create();
        rsa.ImportSubjectPublicKeyInfo(key.SubjectPublicKeyInfo, out _);
        return rsa.ExportParameters(includePrivateParameters: false);
    }

    public static byte[] X5c(params TestCertificate[] certificates) => RawCbor.Array([.. certificates.Select(certificate => RawCbor.Bytes(certificate.Der))]);

    public byte[] Encode(string format, byte[] statement) => RawCbor.Map(
        (RawCbor.Text("fmt"), RawCbor.Text(format)), (RawCbor.Text("attStmt"), statement), (RawCbor.Text("authData"), RawCbor.Bytes(AuthenticatorData)));

    public MedIdResult<AttestationStatementEvidence> Verify(string format, byte[] statement)
    {
        var attestation = AttestationObject.Parse(Encode(format, statement));
        Assert.True(attestation.Succeeded, attestation.Error?.ToString());
        return AttestationVerifier.Verify(attestation.Value, Hash, Rules);
    }

    public AttestationTrust Judge(string format, byte[] statement) => AttestationVerifier.Judge(Accepted(Verify(format, statement)), Rules);

    public static AttestationStatementEvidence Accepted(MedIdResult<AttestationStatementEvidence> result)
    {
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Value;
    }

    public static void Refused<T>(string code, MedIdResult<T> result)
        where T : notnull => Assert.Equal(code, result.Error?.Code ?? "accepted");
}
