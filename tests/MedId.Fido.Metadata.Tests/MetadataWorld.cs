using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

/// <summary>A metadata service of the test kit, and rules under which its BLOB is accepted. Synthetic.</summary>
internal sealed class MetadataWorld
{
    public static readonly DateOnly Today = new(2026, 4, 1);

    public static readonly DateTimeOffset Now = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static readonly Guid Model = new("0a0b0c0d-0e0f-1011-1213-141516171819");

    public TestMetadataService Service { get; } = new();

    public string Statement { get; } = TestMetadataService.Fido2Statement(Model);

    public MetadataBlobRules Rules => new()
    {
        Roots = [new(Anchor(Service.NewRoot))],
        At = Now,
        Evidence = new() { Crls = [.. Service.CreateCrls().Select(crl => CertificateRevocationList.Parse(crl).Value!)] },
    };

    public static TrustAnchor Anchor(TestAuthority root) => TrustAnchor.FromCertificate(Read(root.Certificate), "root");

    public static Certificate Read(TestCertificate certificate) => Certificate.Parse(certificate.Der).Value!;

    public string Payload(long number = 100, DateOnly? nextUpdate = null, params (string Status, DateOnly Date)[] reports) => TestMetadataService.Payload(
        number, nextUpdate ?? Today.AddDays(30), TestMetadataService.Entry(Statement, reports.Length == 0 ? [("FIDO_CERTIFIED_L2", new DateOnly(2025, 1, 1))] : reports));

    public string Jws(long number = 100) => Service.Sign(Payload(number));

    public MetadataBlob Accepted(string? jws = null) => MetadataBlob.Verify(jws ?? Jws(), Rules).Blob!;
}
