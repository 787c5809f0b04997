using System.Security.Cryptography.X509Certificates;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>A signer, a time-stamping service and their authorities, made once; synthetic, for tests only.</summary>
internal static class SignatureScene
{
    public const string TsaPolicy = "2.999.3161.1";
    public const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>The time of verification.</summary>
    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>When the time-stamps were made.</summary>
    public static readonly DateTimeOffset StampedAt = Now.AddMinutes(-30);

    public static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Common("Test signature root"));
    public static readonly TestAuthority TsaAuthority = TestAuthority.CreateRoot(TestName.Common("Test time-stamp root"), new() { Seed = 2 });
    public static readonly TestCertificate Signer = Issue("Test signer");
    public static readonly TestCertificate Tsa = IssueTsa("Test time-stamping service");
    public static readonly TrustAnchor Anchor = TrustAnchor.FromCertificate(Read(Authority.Certificate));
    public static readonly TrustAnchor TsaAnchor = TrustAnchor.FromCertificate(Read(TsaAuthority.Certificate));
    public static readonly byte[] Crl = Authority.CreateCrl();
    public static readonly byte[] TsaCrl = TsaAuthority.CreateCrl();

    public static PathPolicy PathPolicy { get; } = new()
    {
        Algorithms = AlgorithmPolicy.Default,
        Revocation = RevocationRequirement.Leaf,
        AcceptLaterEvidence = true,
    };

    public static TimestampPolicy TimestampPolicy { get; } = new()
    {
        Services = [new() { Label = "test", Anchor = TsaAnchor, PolicyOid = TsaPolicy }],
        Algorithms = AlgorithmPolicy.Default,
        Path = PathPolicy,
    };

    public static SignaturePolicy Policy { get; } = new()
    {
        Algorithms = AlgorithmPolicy.Default,
        Anchors = [Anchor],
        Path = PathPolicy,
        Timestamps = TimestampPolicy,
    };

    /// <summary>CRLs of both authorities.</summary>
    public static ValidationEvidence Evidence { get; } = EvidenceOf(Crl, TsaCrl);

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    public static TestCertificate Issue(string name, TestKeyKind kind = TestKeyKind.P256, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) => Authority.Issue(
        TestName.Common(name),
        TestKey.Shared(kind),
        [b => b.With(TestExtensions.KeyUsage(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation)), .. profiles]);

    public static TestCertificate IssueTsa(string name, params ReadOnlySpan<Action<TestCertificateBuilder>> profiles) => TsaAuthority.Issue(
        TestName.Common(name),
        [b => b.With(TestExtensions.ExtendedKeyUsage(TimeStamping)).MarkCritical("2.5.29.37", critical: true), .. profiles]);

    public static ValidationEvidence EvidenceOf(params IEnumerable<byte[]> crls) => new()
    {
        Gathered = new() { Crls = [.. crls.Select(c => CertificateRevocationList.Parse(c).Value!)] },
    };
}
