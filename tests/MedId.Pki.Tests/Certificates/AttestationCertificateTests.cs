using MedId.Testing;

namespace MedId.Pki.Tests;

public sealed class AttestationCertificateTests
{
    private static readonly TestAuthority Authority = TestAuthority.CreateRoot(TestName.Common("Test Attestation Root"));

    public static TheoryData<string, string> Tolerated => new()
    {
        { "2.5.29.19", "3003010100" }, // cA FALSE written out
        { "2.5.29.35", "3016A0140102030405060708090A0B0C0D0E0F1011121314" }, // keyIdentifier under a constructed tag
    };

    [Theory]
    [MemberData(nameof(Tolerated))]
    public void ParseAttestation_MistakeOfCertificatesInUse_IsReadOver(string oid, string value)
    {
        var der = Issue(oid, value);

        Assert.Equal(PkiErrorCodes.CertificateMalformed, Certificate.Parse(der).Error?.Code);
        var certificate = Certificate.ParseAttestation(der).Value!;
        Assert.Equal(oid == ExtensionOids.BasicConstraints ? new BasicConstraints(IsCa: false, PathLength: null) : null, certificate.Extensions.BasicConstraints);
        Assert.Equal(oid == ExtensionOids.AuthorityKeyIdentifier, certificate.Extensions.AuthorityKeyIdentifier is null);
    }

    [Theory]
    [InlineData("2.5.29.19", "3006010100020100")] // cA FALSE with a path length
    [InlineData("2.5.29.19", "3003010101")] // a TRUE that is not DER
    [InlineData("2.5.29.15", "03020700")]
    [InlineData("2.5.29.14", "0500")]
    public void ParseAttestation_AnyOtherMistake_IsRefused(string oid, string value) =>
        Assert.Equal(PkiErrorCodes.CertificateMalformed, Certificate.ParseAttestation(Issue(oid, value)).Error?.Code);

    private static byte[] Issue(string oid, string value) => Authority.Issue(
        TestName.Common("authenticator"), builder => builder.Without(oid).With(new(oid, Critical: false, Convert.FromHexString(value)))).Der;
}
