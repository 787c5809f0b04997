using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Minimisation;

public sealed class DerivedClaimsTests
{
    private static readonly DateOnly On = new(2026, 4, 1);

    private readonly Scene _scene = new();

    [Fact]
    public void AgeOver_ProvenAge_IsAClaimThatNamesItsStanding()
    {
        var claim = DerivedClaims.AgeOver(Evidence(JpkiPerson.Yamada), 36, On).Value!;

        Assert.Equal(new DerivedClaim("age_over_36", "true", On, JpkiStanding.CertifiedVerifier, Scene.Now), claim);
        Assert.Equal(JpkiErrorCodes.ClaimNotProven, DerivedClaims.AgeOver(Evidence(JpkiPerson.Yamada), 37, On).Error?.Code);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(62, false)]
    public void AgeOver_PartialBirthDate_FailsClosed(int years, bool proven) => Assert.Equal(proven, DerivedClaims.AgeOver(Evidence(JpkiPerson.PartialBirthDate), years, On).Succeeded);

    [Fact]
    public void AgeClaims_UnknownBirthDate_ProveNothing()
    {
        var evidence = Evidence(JpkiPerson.UnknownBirthDate);

        Assert.Equal(JpkiErrorCodes.ClaimNotProven, DerivedClaims.AgeOver(evidence, 1, On).Error?.Code);
        Assert.Equal(JpkiErrorCodes.ClaimNotProven, DerivedClaims.AgeUnder(evidence, 150, On).Error?.Code);
    }

    [Fact]
    public void AgeUnder_Child_IsAClaim() => Assert.Equal("age_under_15", DerivedClaims.AgeUnder(Evidence(JpkiPerson.Substituted), 15, On).Value?.Name);

    [Fact]
    public void AgeOver_AuthenticationCertificate_ProvesNothing() => Assert.Equal(
        JpkiErrorCodes.ClaimNotProven,
        DerivedClaims.AgeOver(_scene.Accepted(_scene.World.IssueAuthentication(), JpkiCertificateKind.Authenticate), 18, On).Error?.Code);

    [Theory]
    [InlineData("東京都試験区１", "0000000", "東京都")]
    [InlineData("神奈川県試験市１", "00000000", "神奈川県")]
    [InlineData("京都府試験市１", "0000000", "京都府")]
    [InlineData("東京都試験区１", "0001000", "東京都")]
    [InlineData("東京都試験区１", "0100000", null)]
    [InlineData("東京都試験区１", "01", null)]
    [InlineData("国外", "00", null)]
    [InlineData("東京", "00", null)]
    public void Prefecture_BeginningOfTheAddress_IsItsName(string address, string flags, string? name) =>
        Assert.Equal(name, DerivedClaims.Prefecture(Evidence(JpkiPerson.Yamada with { Address = address, AddressFlags = flags })).Value?.Value);

    [Fact]
    public void Prefectures_AreFortySeven() => Assert.Equal(47, Prefectures.All.Distinct().Count());

    private JpkiEvidence Evidence(JpkiPerson person) => _scene.Accepted(_scene.World.IssueSigning(new() { Person = person }));
}
