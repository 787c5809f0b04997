using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Profiles;

public sealed class JpkiProfileTests
{
    private readonly Scene _scene = new();

    [Fact]
    public void Default_Rows_EveryKindCarrierAndHierarchyHasOne() => Assert.Equal(
        8,
        JpkiProfileTable.Default.Profiles.Select(p => (p.Kind, p.Carrier, p.Hierarchy)).Distinct().Count());

    [Fact]
    public void Default_UnpublishedRows_SayNothingAndAreNotVerified() => Assert.All(
        JpkiProfileTable.Default.Profiles.Where(p => !p.IsComplete),
        p => Assert.Equal(TrustDataStatus.Unverified, p.Status));

    [Fact]
    public void Verify_TestHierarchyNotAskedFor_IsRefused()
    {
        var certificate = _scene.World.IssueSigning(hierarchy: _scene.World.Test);

        Assert.Equal(JpkiErrorCodes.TestHierarchy, _scene.Verify(certificate, policy: _scene.Policy(test: true)).Error?.Code);
    }

    [Fact]
    public void Verify_TestHierarchyAskedFor_IsAcceptedAndSaysSo()
    {
        var certificate = _scene.World.IssueSigning(hierarchy: _scene.World.Test);
        var decision = _scene.Verify(certificate, policy: _scene.Policy(test: true) with { DangerouslyAcceptTestHierarchy = true });

        Assert.True(decision.IsAccepted);
        Assert.Equal((JpkiHierarchy.Test, TrustDataStatus.Unverified), (decision.Evidence.Hierarchy, decision.Profile!.Status));
    }

    [Fact]
    public void Verify_AuthenticationTestPolicyUnpublished_HasToBeConfigured()
    {
        var certificate = _scene.World.IssueAuthentication(hierarchy: _scene.World.Test);
        var policy = _scene.Policy(test: true) with { DangerouslyAcceptTestHierarchy = true };
        var row = JpkiProfileTable.Default.Find("authenticate-card-test")! with { PolicyOid = _scene.World.Profile.TestAuthenticationPolicy };

        Assert.Equal(JpkiErrorCodes.ProfileNotVerified, _scene.Verify(certificate, JpkiCertificateKind.Authenticate, policy).Error?.Code);
        Assert.True(_scene.Verify(certificate, JpkiCertificateKind.Authenticate, policy with { Profiles = policy.Profiles.With(row) }).IsAccepted);
    }

    [Theory]
    [InlineData(JpkiCertificateKind.Sign)]
    [InlineData(JpkiCertificateKind.Authenticate)]
    public void Verify_PhonePolicyUnpublished_HasToBeConfigured(JpkiCertificateKind kind)
    {
        var request = new JpkiCertificateRequest { OnPhone = true };
        var certificate = kind == JpkiCertificateKind.Sign ? _scene.World.IssueSigning(request) : _scene.World.IssueAuthentication(request);
        var (id, policyOid) = kind == JpkiCertificateKind.Sign ? ("sign", _scene.World.Profile.PhoneSigningPolicy) : ("authenticate", _scene.World.Profile.PhoneAuthenticationPolicy);
        var table = JpkiProfileTable.Default;
        var row = table.Find(id + "-phone-production")! with { PolicyOid = policyOid, Issuer = table.Find(id + "-card-production")!.Issuer };

        Assert.Equal(JpkiErrorCodes.PolicyNotAccepted, _scene.Verify(certificate, kind).Error?.Code);
        Assert.Equal(JpkiCarrier.Phone, _scene.Verify(certificate, kind, _scene.Policy() with { Profiles = table.With(row) }).Evidence?.Carrier);
    }

    [Fact]
    public void With_IncompleteRow_IsMisuse() => Assert.Throws<ArgumentException>(() => JpkiProfileTable.Default.With(JpkiProfileTable.Default.Find("sign-phone-production")!));

    [Fact]
    public void Verify_IssuerOfAnotherName_IsRefused()
    {
        var certificate = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "JPKI"), ("OU", "JPKI for something else"))).Issue(TestName.Of(("CN", "x")));

        Assert.Equal(JpkiErrorCodes.IssuerNotAccepted, new JpkiVerifier(_scene.Policy()).Verify(Scene.Read(certificate), JpkiCertificateKind.Sign, PathEvidence.Empty, Scene.Now).Error?.Code);
    }

    [Theory]
    [InlineData(TestKeyKind.P256)]
    [InlineData(TestKeyKind.P521)]
    [InlineData(TestKeyKind.Rsa1024)]
    public void Verify_KeyOfAnotherKind_IsRefused(TestKeyKind kind) => Assert.Equal(
        JpkiErrorCodes.KeyNotAccepted,
        _scene.Verify(_scene.World.IssueSigning(new() { Key = TestKey.Named("other kind", kind) })).Error?.Code);

    [Theory]
    [InlineData("80")]
    [InlineData("00")]
    [InlineData("7f0000000000000000000000000000000000000001")]
    public void Verify_SerialNumberThatNobodyGivesOut_IsRefused(string serial)
    {
        var certificate = _scene.World.IssueSigning(new() { Profile = b => b.SerialNumber = Convert.FromHexString(serial) });

        Assert.Equal(JpkiErrorCodes.SerialNotAccepted, _scene.Verify(certificate).Error?.Code);
    }

    [Fact]
    public void Verify_ClientAuthenticationInASigningCertificate_IsRefused() => Assert.Equal(
        JpkiErrorCodes.KeyUsage,
        _scene.Verify(_scene.World.IssueSigning(new() { Profile = b => b.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.2")) })).Error?.Code);

    [Fact]
    public void Verify_OtherPurposeInAnAuthenticationCertificate_IsRefused() => Assert.Equal(
        JpkiErrorCodes.KeyUsage,
        _scene.Verify(_scene.World.IssueAuthentication(new() { Profile = b => b.With(TestExtensions.ExtendedKeyUsage("1.3.6.1.5.5.7.3.4")) }), JpkiCertificateKind.Authenticate).Error?.Code);

    [Fact]
    public void FromTrustData_ShippedSection_IsReadWhole() =>
        Assert.Equal(TrustDataBundle.Default.Find(JpkiProfileTable.Section).Select(r => r.Id), JpkiProfileTable.Default.Profiles.Select(p => p.Id));

    [Fact]
    public void Of_UnprovenCertificate_ShowsWhatItClaims()
    {
        var inspection = JpkiInspection.Of(Scene.Read(_scene.World.IssueSigning(new() { Person = JpkiPerson.RareCharacters, Fault = JpkiFault.ForeignRoot })));

        Assert.Equal("sign-card-production", inspection.Profile.Value?.Id);
        Assert.Equal(JpkiPerson.RareCharacters.Name, inspection.BasicFour!.Value!.Name.Text);
        Assert.Equal(["1.2.392.200149.8.5.1.1.20"], inspection.Policies);
        Assert.Null(JpkiInspection.Of(Scene.Read(_scene.World.IssueAuthentication())).BasicFour);
    }
}
