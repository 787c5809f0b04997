using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Pki;
using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class AttestationTrustTests
{
    private static readonly TestAuthority Intermediate = Authority.CreateSubordinate(TestName.Of(("C", "JP"), ("O", "Test Authenticators"), ("CN", "Test Attestation CA 1")));
    private static readonly TestAuthority Stranger = TestAuthority.CreateRoot(TestName.Common("A stranger"));

    [Theory]
    [InlineData(false, AttestationTrustStatus.NotTrusted, Fido2ErrorCodes.AttestationNoneNotAccepted)]
    [InlineData(true, AttestationTrustStatus.NotJudged, Fido2ErrorCodes.AttestationNotJudged)]
    public void Judge_None_IsPolicys(bool accept, AttestationTrustStatus status, string code)
    {
        var scene = new AttestationScene { Policy = new() { AcceptNone = accept, AcceptSelf = true } };
        var trust = scene.Judge(AttestationFormats.None, RawCbor.Map());
        Assert.Equal((status, accept, code), (trust.Status, trust.IsAcceptable, trust.Reason!.Code));
    }

    [Theory]
    [InlineData(false, AttestationTrustStatus.NotTrusted, Fido2ErrorCodes.AttestationSelfNotAccepted)]
    [InlineData(true, AttestationTrustStatus.NotJudged, Fido2ErrorCodes.AttestationNotJudged)]
    public void Judge_Self_IsPolicys(bool accept, AttestationTrustStatus status, string code)
    {
        var fixture = new PackedFixture { Scene = { Policy = new() { AcceptSelf = accept, AcceptNone = true } } };
        var trust = fixture.Scene.Judge(AttestationFormats.Packed, fixture.Self());
        Assert.Equal((status, accept, code), (trust.Status, trust.IsAcceptable, trust.Reason!.Code));
    }

    [Fact]
    public void Judge_NothingGiven_IsNotJudgedAndNotAccepted()
    {
        var trust = Judge(new(), Leaf(Authority));
        Assert.Equal((AttestationTrustStatus.NotJudged, false, Fido2ErrorCodes.AttestationNotJudged), (trust.Status, trust.IsAcceptable, trust.Reason!.Code));
        Assert.True(Judge(new() { RequireTrusted = false }, Leaf(Authority)).IsAcceptable);
        Assert.Equal(AttestationTrustStatus.NotTrusted, Judge(new() { Anchors = [] }, Leaf(Authority)).Status);
    }

    [Fact]
    public void Judge_NotAsked_LetsEveryRegistrationGoOnAndTrustsNone()
    {
        var fixture = new PackedFixture { Scene = { Policy = AttestationTrustPolicy.NotAsked } };
        Assert.All(
            new[]
            {
                fixture.Scene.Judge(AttestationFormats.None, RawCbor.Map()),
                fixture.Scene.Judge(AttestationFormats.Packed, fixture.Self()),
                fixture.Scene.Judge(AttestationFormats.Packed, fixture.Full()),
            },
            trust => Assert.Equal((AttestationTrustStatus.NotJudged, true), (trust.Status, trust.IsAcceptable)));
    }

    [Fact]
    public void Judge_AnchorThatIsARootAnIntermediateOrTheCertificateItself_IsTrusted()
    {
        var leaf = Leaf(Intermediate);

        // The order in which the certificates came, and what came beside, does not matter.
        TestCertificate[][] paths = [[leaf, Intermediate.Certificate], [leaf, Intermediate.Certificate, Authority.Certificate], [leaf, Authority.Certificate, Stranger.Certificate, Intermediate.Certificate]];
        Assert.All(paths, path => Assert.True(Judge(Anchors(Anchor(Authority)), path).IsTrusted));
        Assert.Equal("ca", Judge(Anchors(TrustAnchor.FromCertificate(Read(Intermediate.Certificate), "ca")), leaf).Anchor!.Label);
        Assert.Equal("leaf", Judge(Anchors(TrustAnchor.FromCertificate(Read(leaf), "leaf")), leaf).Anchor!.Label);

        // An intermediate that did not come may be known.
        var known = Anchors(Anchor(Authority)) with { Evidence = new() { Certificates = [Read(Intermediate.Certificate)] } };
        Assert.True(Judge(known, leaf).IsTrusted);
    }

    [Fact]
    public void Judge_CertificateOfNobodyKnown_IsNotTrusted()
    {
        var trust = Judge(Anchors(Anchor(Stranger)), Leaf(Intermediate), Intermediate.Certificate);
        Assert.Equal((AttestationTrustStatus.NotTrusted, false, Fido2ErrorCodes.AttestationUntrusted), (trust.Status, trust.IsAcceptable, trust.Reason!.Code));
        Assert.StartsWith("pki.", trust.Reason.Detail, StringComparison.Ordinal);
        Assert.Null(trust.Anchor);
        Assert.True(Judge(Anchors(Anchor(Stranger)) with { RequireTrusted = false }, Leaf(Authority)).IsAcceptable);

        // Without the one in the middle, and with a leaf as anchor that issues nothing.
        Assert.False(Judge(Anchors(Anchor(Authority)), Leaf(Intermediate)).IsTrusted);
        Assert.False(Judge(Anchors(TrustAnchor.FromCertificate(Read(Leaf(Authority, TestKey.Named("other", TestKeyKind.P256))))), Leaf(Authority)).IsTrusted);
    }

    [Fact]
    public void Judge_CertificateThatIsNoLongerValid_IsNotTrustedByRootOrByItself()
    {
        var expired = Leaf(Authority, profile: builder => builder.Valid(At.AddYears(-2), At.AddSeconds(-1)));
        Assert.Equal(PkiErrorCodes.Expired, Judge(Anchors(Anchor(Authority)), expired).Reason!.Detail);
        var itself = TrustAnchor.FromCertificate(Read(expired));
        Assert.Equal(PkiErrorCodes.AnchorNotValid, Judge(Anchors(itself), expired).Reason!.Detail);
        Assert.True(Judge(Anchors(itself) with { CheckAnchorValidity = false }, expired).IsTrusted);
    }

    [Fact]
    public void Judge_Revoked_IsRefusedWhereTheListIsThereAndUndecidedWhereItIsAskedForAndMissing()
    {
        var authority = TestAuthority.CreateRoot(TestName.Common("Test Attestation Root 2"));
        var leaf = Leaf(authority);
        var policy = Anchors(Anchor(authority));
        Assert.True(Judge(policy, leaf).IsTrusted);
        Assert.Equal(PkiErrorCodes.RevocationUnknown, Judge(policy with { Revocation = RevocationRequirement.Leaf }, leaf).Reason!.Detail);

        authority.Revoke(leaf);
        var trust = Judge(policy with { Evidence = new() { Crls = [CertificateRevocationList.Parse(authority.CreateCrl()).Value!] } }, leaf);
        Assert.Equal(Fido2ErrorCodes.AttestationRevoked, trust.Reason!.Code);
    }

    [Fact]
    public void Judge_CertificateSignedWithSha1_IsRefusedUnlessPolicySaysSoLoudly()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("Test Attestation Root 3"), new() { KeyKind = TestKeyKind.Rsa2048 });
        var leaf = Leaf(root, profile: builder => builder.Algorithm = TestSignatureAlgorithm.RsaSha1);
        var fixture = Fixture(leaf);
        fixture.Scene.Policy = Anchors(Anchor(root));
        Assert.Equal(PkiErrorCodes.AlgorithmNotAllowed, fixture.Scene.Judge(AttestationFormats.Packed, fixture.Full()).Reason!.Detail);

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowSha1(SignatureUse.Certificate, At.AddDays(1));
        var trust = fixture.Scene.Judge(AttestationFormats.Packed, fixture.Full());
        Assert.True(trust is { IsTrusted: true, Path.UsedWeakAlgorithm: true });
    }

    [Fact]
    public void Judge_ModelInMetadata_IsTrustedByItsRootsAlone()
    {
        var leaf = Leaf(Authority);
        var trust = Judge(Metadata(Statement(Authority)), leaf);
        Assert.True(trust.IsTrusted);
        Assert.Equal(Aaguid, trust.Metadata!.Aaguid);

        // The anchors of policy are not asked where the metadata know the model.
        var other = Metadata(Statement(Stranger)) with { Anchors = [Anchor(Authority)] };
        Assert.Equal(Fido2ErrorCodes.AttestationUntrusted, Judge(other, leaf).Reason!.Code);

        // A statement may hold the attestation certificate itself.
        var itself = Statement(Stranger) with { AttestationRootCertificates = [leaf.Der] };
        Assert.True(Judge(Metadata(itself), leaf).IsTrusted);
    }

    [Fact]
    public void Judge_ModelThatMetadataDoNotKnow_IsNotTrustedUnlessAnchorsAreGivenToo()
    {
        var leaf = Leaf(Authority);
        var unknown = Metadata(Statement(Authority) with { Aaguid = Guid.NewGuid() });
        Assert.Equal(Fido2ErrorCodes.AttestationModelUnknown, Judge(unknown, leaf).Reason!.Code);
        Assert.True(Judge(unknown with { Anchors = [Anchor(Authority)] }, leaf).IsTrusted);

        var empty = new AttestationTrustPolicy { Metadata = new LocalMetadata([new MetadataEntry { Aaguid = Aaguid }]) };
        Assert.Equal(Fido2ErrorCodes.AttestationModelUnknown, Judge(empty, leaf).Reason!.Code);
    }

    [Theory]
    [InlineData(FidoAttestationType.BasicFull, true)]
    [InlineData(FidoAttestationType.AttestationAuthority, true)]
    [InlineData(FidoAttestationType.BasicSurrogate, false)]
    [InlineData(FidoAttestationType.AnonymizationAuthority, false)]
    [InlineData(FidoAttestationType.Ecdaa, false)]
    [InlineData(FidoAttestationType.None, false)]
    public void Judge_TypeOfAttestation_HasToBeTheModels(FidoAttestationType type, bool expected)
    {
        var trust = Judge(Metadata(Statement(Authority) with { AttestationTypes = [type] }), Leaf(Authority));
        Assert.Equal((expected, expected ? null : Fido2ErrorCodes.AttestationTypeUnexpected), (trust.IsTrusted, trust.Reason?.Code));
    }

    [Fact]
    public void Judge_TpmAppleAndSelf_HaveTheirOwnTypes()
    {
        var tpm = new TpmFixture();
        tpm.Scene.Policy = Metadata(Statement(Authority));
        Assert.Equal(Fido2ErrorCodes.AttestationTypeUnexpected, tpm.Scene.Judge(AttestationFormats.Tpm, tpm.Statement()).Reason!.Code);
        tpm.Scene.Policy = Metadata(Statement(Authority) with { AttestationTypes = [FidoAttestationType.AttestationAuthority] });
        Assert.True(tpm.Scene.Judge(AttestationFormats.Tpm, tpm.Statement()).IsTrusted);

        var self = new PackedFixture { Scene = { Policy = Metadata(Statement(Authority)) with { AcceptSelf = true } } };
        Assert.Equal(Fido2ErrorCodes.AttestationTypeUnexpected, self.Scene.Judge(AttestationFormats.Packed, self.Self()).Reason!.Code);
        self.Scene.Policy = Metadata(Statement(Authority) with { AttestationTypes = [FidoAttestationType.BasicSurrogate] }) with { AcceptSelf = true };
        var trust = self.Scene.Judge(AttestationFormats.Packed, self.Self());
        Assert.Equal((AttestationTrustStatus.NotJudged, true, Aaguid), (trust.Status, trust.IsAcceptable, trust.Metadata!.Aaguid));
    }

    [Fact]
    public void Judge_StatusOfTheModel_IsPolicys()
    {
        var entry = MetadataEntry.ForStatement(Statement(Authority), [new() { Status = AuthenticatorStatus.Revoked, StatusText = "REVOKED" }]);
        var policy = new AttestationTrustPolicy { Metadata = new LocalMetadata([entry]) };

        var trust = Judge(policy, Leaf(Authority));

        Assert.Equal((AttestationTrustStatus.NotTrusted, Fido2ErrorCodes.AttestationModelStatus), (trust.Status, trust.Reason!.Code));
        Assert.StartsWith("metadata.", trust.Reason.Detail, StringComparison.Ordinal);
        Assert.True(Judge(policy with { MetadataStatus = new() { Refused = [] } }, Leaf(Authority)).IsTrusted);
    }

    [Fact]
    public void Judge_CompromiseOfANamedAuthority_IsAboutWhatStandsBelowIt()
    {
        StatusReport report = new() { Status = AuthenticatorStatus.AttestationKeyCompromise, StatusText = "ATTESTATION_KEY_COMPROMISE", Certificate = Intermediate.Certificate.Der };
        var policy = new AttestationTrustPolicy { Metadata = new LocalMetadata([MetadataEntry.ForStatement(Statement(Authority), [report])]) };

        Assert.Equal(Fido2ErrorCodes.AttestationModelStatus, Judge(policy, Leaf(Intermediate), Intermediate.Certificate).Reason!.Code);
        Assert.True(Judge(policy, Leaf(Authority)).IsTrusted);

        // The root itself stands above everything, also where it did not come along.
        var root = report with { Certificate = Authority.Certificate.Der };
        policy = new() { Metadata = new LocalMetadata([MetadataEntry.ForStatement(Statement(Authority), [root])]) };
        Assert.Equal(Fido2ErrorCodes.AttestationModelStatus, Judge(policy, Leaf(Intermediate), Intermediate.Certificate).Reason!.Code);
    }

    [Fact]
    public void Judge_U2fModel_IsFoundByItsAttestationKey()
    {
        var key = TestKey.Named("u2f attestation", TestKeyKind.P256);
        var certificate = Issue(PackedSubject, key);
        var scene = new AttestationScene();
        byte[] message = [0, .. scene.AuthenticatorData[..32], .. scene.Hash, .. scene.CredentialId, 4, .. scene.Key.SubjectPublicKeyInfo[^64..]];
        var statement = RawCbor.Map((RawCbor.Text("sig"), RawCbor.Bytes(key.Sign(message))), (RawCbor.Text("x5c"), X5c(certificate)));
        var model = Statement(Authority) with { ProtocolFamily = "u2f", Aaguid = null, AttestationCertificateKeyIdentifiers = [Convert.ToHexStringLower(key.Identifier)] };

        scene.Policy = Metadata(model);
        Assert.True(scene.Judge(AttestationFormats.FidoU2f, statement).IsTrusted);

        scene.Policy = Metadata(Statement(Authority));
        Assert.Equal(Fido2ErrorCodes.AttestationModelUnknown, scene.Judge(AttestationFormats.FidoU2f, statement).Reason!.Code);
    }

    private static AttestationTrustPolicy Anchors(params TrustAnchor[] anchors) => new() { Anchors = anchors };

    private static AttestationTrustPolicy Metadata(MetadataStatement statement) => new() { Metadata = new LocalMetadata([statement]) };

    private static MetadataStatement Statement(TestAuthority root) => new()
    {
        Schema = 3,
        ProtocolFamily = "fido2",
        Aaguid = Aaguid,
        Description = "Test model",
        AttestationTypes = [FidoAttestationType.BasicFull],
        AttestationRootCertificates = [root.Certificate.Der],
    };

    private static TestCertificate Leaf(TestAuthority authority, TestKey? key = null, Action<TestCertificateBuilder>? profile = null) => authority.Issue(
        PackedSubject, key ?? TestKey.Named("packed attestation", TestKeyKind.P256), builder => builder.With(TestExtensions.BasicConstraints(isCa: false)), profile ?? (_ => { }));

    private static PackedFixture Fixture(params TestCertificate[] path) => new() { Members = { ["x5c"] = X5c(path) } };

    private static AttestationTrust Judge(AttestationTrustPolicy policy, params TestCertificate[] path)
    {
        var fixture = Fixture(path);
        fixture.Scene.Policy = policy;
        return fixture.Scene.Judge(AttestationFormats.Packed, fixture.Full());
    }
}
