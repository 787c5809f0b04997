using System.Text;
using MedId.Core;
using MedId.Hpki;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;
using HpkiUse = MedId.Hpki.HpkiUse;

namespace MedId.Hpki.Tests;

public class HpkiDocumentVerifierTests
{
    private const string Prescription = """<Document id="Document"><Prescription><PrescriptionDocument id="PrescriptionDocument">U1lOVEhFVElD</PrescriptionDocument><PrescriptionSign></PrescriptionSign></Prescription></Document>""";
    private static readonly XmlCoverage Coverage = XmlCoverage.Elements("/Document[1]/Prescription[1]/PrescriptionDocument[1]");
    private readonly HpkiScene _scene = new();

    [Fact]
    public async Task VerifyXml_PrescriptionByPhysician_IsAccepted()
    {
        var decision = Verify(await SignAsync(), HpkiDocumentTypes.Prescription);

        Assert.Null(decision.Error);
        var signer = Assert.Single(decision.Signers);
        Assert.True(signer.Role!.IsQualification(RoleIds.Physician));
        Assert.True(signer.Certificate!.IsAccepted);
        Assert.Contains(signer.Report.Covered, covered => Encoding.UTF8.GetString(covered.Octets.Span).Contains("U1lOVEhFVElD", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Pharmacist", HpkiDocumentTypes.Prescription)]
    [InlineData("Medical Doctor", HpkiDocumentTypes.Dispensing)]
    [InlineData("Dentist", HpkiDocumentTypes.Prescription)]
    [InlineData("Medical Doctor", "discharge-summary")]
    [InlineData(null, HpkiDocumentTypes.Prescription)]
    public async Task VerifyXml_RoleThatDoesNotSignThis_IsRefused(string? role, string type)
    {
        var document = await SignAsync(SoftwareHpkiCard.Issue(_scene.World, HpkiHolder.Doctor with { Role = role }));

        Assert.Equal(HpkiErrorCodes.DocumentRole, Verify(document, type).Error?.Code);
        Assert.True(Verify(document, type: null).IsAccepted);
    }

    [Fact]
    public async Task VerifyXml_DispensingByPharmacist_IsAccepted() =>
        Assert.Null(Verify(await SignAsync(SoftwareHpkiCard.Issue(_scene.World, HpkiHolder.Pharmacist)), HpkiDocumentTypes.Dispensing).Error);

    [Fact]
    public async Task VerifyXml_DentistWithBothRowsConfirmed_IsAccepted()
    {
        var document = await SignAsync(SoftwareHpkiCard.Issue(_scene.World, HpkiHolder.Doctor with { Role = "Dentist" }));
        var data = TrustDataBundle.Default
            .Confirm(TrustDataSections.HpkiRoles, RoleIds.Dentist, "a synthetic source")
            .Confirm(TrustDataSections.HpkiDocuments, "prescription-dentist", "a synthetic source");

        Assert.Null(Verify(document, HpkiDocumentTypes.Prescription, RoleTable.From(data), DocumentRoleTable.From(data)).Error);
        Assert.Equal(HpkiErrorCodes.DocumentRole, Verify(document, HpkiDocumentTypes.Prescription, RoleTable.From(data)).Error?.Code);
        Assert.Equal(HpkiErrorCodes.DocumentRole, Verify(document, HpkiDocumentTypes.Prescription, documents: DocumentRoleTable.From(data)).Error?.Code);
    }

    [Fact]
    public async Task VerifyXml_SignedWithTheAuthenticationCertificate_IsUseMismatch()
    {
        var card = SoftwareHpkiCard.Issue(_scene.World);
        card.EnterAuthenticationPin("LAB12345");
        var request = Request(card.AuthenticationCertificate);
        var document = (await XmlSigner.SignAsync(Encoding.UTF8.GetBytes(Prescription), request, card.OpenAuthenticationKey())).Value!;

        Assert.Equal(HpkiErrorCodes.UseMismatch, Verify(document, HpkiDocumentTypes.Prescription).Error?.Code);
    }

    [Fact]
    public async Task VerifyXml_DocumentChanged_IsRefusedWithoutAnyRole()
    {
        var document = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(await SignAsync()).Replace("U1lOVEhFVElD", "Q0hBTkdFRA==", StringComparison.Ordinal));

        var decision = Verify(document, HpkiDocumentTypes.Prescription);

        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.Null(Assert.Single(decision.Signers).Role);
    }

    [Fact]
    public async Task VerifyXml_RevokedCertificate_IsRefused()
    {
        var card = SoftwareHpkiCard.Issue(_scene.World);
        var document = await SignAsync(card);
        _scene.World.Signature.Revoke(card.SigningCertificate);

        Assert.Equal(PkiErrorCodes.Revoked, Verify(document, HpkiDocumentTypes.Prescription).Error?.Code);
    }

    [Fact]
    public async Task VerifyXml_NoRevocationEvidence_IsUndeterminedUnlessTheRoleIsWrong()
    {
        var document = await SignAsync();

        var decision = Verifier().VerifyXml(document, Coverage, HpkiDocumentTypes.Prescription, _scene.Evidence() with { Crls = [] }, _scene.Now);

        Assert.Equal(VerificationOutcome.Undetermined, decision.Outcome);
    }

    [Fact]
    public async Task VerifyCms_PrescriptionByPhysician_IsAccepted()
    {
        var card = SoftwareHpkiCard.Issue(_scene.World);
        var content = Encoding.UTF8.GetBytes("a synthetic prescription");
        var signature = await new CmsSigner(card.OpenSigningKey("LAB12345"), HpkiScene.Read(card.SigningCertificate), new TestSupport.ManualTimeProvider(_scene.Now)).SignAsync(content, new() { Attached = true });

        Assert.Null(Verifier().VerifyCms(signature, null, HpkiDocumentTypes.Prescription, _scene.Evidence(), _scene.Now).Error);
        Assert.Equal(HpkiErrorCodes.DocumentRole, Verifier().VerifyCms(signature, null, HpkiDocumentTypes.Dispensing, _scene.Evidence(), _scene.Now).Error?.Code);
    }

    [Fact]
    public void VerifyCms_NoSignature_IsRefused() =>
        Assert.Equal(VerificationOutcome.Refused, Verifier().VerifyCms(new byte[] { 0x30, 0x00 }, null, HpkiDocumentTypes.Prescription, _scene.Evidence(), _scene.Now).Outcome);

    [Fact]
    public void Constructor_PolicyForSignIn_IsMisuse() =>
        Assert.Throws<ArgumentException>(() => new HpkiDocumentVerifier(new() { Certificates = _scene.Policy(HpkiUse.Authentication) }));

    private async Task<byte[]> SignAsync(SoftwareHpkiCard? card = null)
    {
        card ??= SoftwareHpkiCard.Issue(_scene.World);
        var signed = await XmlSigner.SignAsync(Encoding.UTF8.GetBytes(Prescription), Request(card.SigningCertificate), card.OpenSigningKey("LAB12345"));
        Assert.Null(signed.Error);
        return signed.Value!;
    }

    private XmlSigningRequest Request(TestCertificate certificate) => new()
    {
        Certificate = HpkiScene.Read(certificate),
        SigningTime = _scene.Now,
        Form = XmlSignatureForm.Detached,
        ElementIds = ["PrescriptionDocument"],
        ParentPath = "/Document[1]/Prescription[1]/PrescriptionSign[1]",
        SignatureId = "PrescriptionSign",
        SignKeyInfo = true,
        ReferenceWithoutTransform = true,
    };

    private HpkiDocumentVerifier Verifier(RoleTable? roles = null, DocumentRoleTable? documents = null) => new(new()
    {
        Certificates = _scene.Policy() with { Roles = roles ?? RoleTable.Default },
        Documents = documents ?? DocumentRoleTable.Default,
    });

    private HpkiDocumentDecision Verify(byte[] document, string? type, RoleTable? roles = null, DocumentRoleTable? documents = null) =>
        Verifier(roles, documents).VerifyXml(document, Coverage, type, _scene.Evidence(), _scene.Now, new() { SignatureId = "PrescriptionSign" });
}
