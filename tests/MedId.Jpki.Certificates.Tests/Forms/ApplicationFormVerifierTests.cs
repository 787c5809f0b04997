using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.Jpki.Certificates.Tests.Forms;

public sealed class ApplicationFormVerifierTests
{
    private const string Nonce = "n0Hq2-1";
    private static readonly byte[] Form = Encoding.UTF8.GetBytes($"山田　太郎|東京都試験区霞が関１丁目２番３号|Male|1990-04-01|{Nonce}|ab12");

    private readonly Scene _scene = new();

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Verify_BareSignatureOfTheCard_IsAccepted(int generation)
    {
        var card = _scene.World.IssueSigning(new() { Generation = generation });
        var decision = Verify(card, Bare(card, Form));

        Assert.Null(decision.Error);
        Assert.True(decision.Comparison!.IsMatch);
        var evidence = decision.Evidence!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Form)), evidence.DocumentSha256);
        Assert.Equal(("ab12", Nonce, JpkiStanding.CertifiedVerifier), (evidence.PublicKeySha256, evidence.ReplayKey!.Id, evidence.Identity.Standing));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Verify_CmsSignature_IsAccepted(bool detached)
    {
        var card = _scene.World.IssueSigning();
        var decision = Verify(card, Cms(card, detached));

        Assert.Null(decision.Error);
        Assert.True(decision.Signature!.IsAccepted);
        Assert.Equal(AttributeVerdict.Equal, decision.Comparison!.Name.Verdict);
    }

    [Fact]
    public void Verify_CmsWithoutSignedAttributes_NeedsTheNamedOption()
    {
        var card = _scene.World.IssueSigning();
        var form = Cms(card, detached: false, s => s.WithoutSignedAttributes = true);

        Assert.Equal(SignaturesErrorCodes.CmsSignedAttributesMissing, Verify(card, form).Error?.Code);
        Assert.Null(Verify(card, form, new() { CmsLeniency = CmsLeniency.WithoutSignedAttributes }).Error);
    }

    [Fact]
    public async Task Verify_XmlSignature_ReadsWhatIsCovered()
    {
        var card = _scene.World.IssueSigning();
        var document = Encoding.UTF8.GetBytes("<form><name>山田　太郎</name><address>東京都試験区霞が関１丁目２番３号</address><gender>Male</gender><birth>1990-04-01</birth></form>");
        using var key = LocalSigningKey.FromPkcs8(card.Key.ExportPkcs8(), SignatureAlgorithm.RS256, "card");
        var signed = await XmlSigner.SignAsync(document, new() { Certificate = Scene.Read(card), SigningTime = Scene.Now }, key, TestContext.Current.CancellationToken);
        SignedApplicationForm form = new() { Format = FormSignatureFormat.Xml, Signature = signed.Value!, Read = ReadXml };

        Assert.Null(Verify(card, form).Error);
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(signed.Value!).Replace("太郎", "次郎", StringComparison.Ordinal));
        Assert.Equal(VerificationOutcome.Refused, Verify(card, new() { Format = FormSignatureFormat.Xml, Signature = changed, Read = ReadXml }).Outcome);
    }

    public static TheoryData<string, string, VerificationOutcome, string?> Statements { get; } = new()
    {
        { "山田　太郎", "山田太郎", VerificationOutcome.Accepted, null },
        { "山田　太郎", "山田　次郎", VerificationOutcome.Refused, JpkiErrorCodes.FormDifferent },
        { "山田　太郎", "", VerificationOutcome.Refused, JpkiErrorCodes.FormIncomplete },
        { "1990-04-01", "1990-04-02", VerificationOutcome.Refused, JpkiErrorCodes.FormDifferent },
        { "Male", "Female", VerificationOutcome.Refused, JpkiErrorCodes.FormDifferent },
        { "Male", "Unknown", VerificationOutcome.Refused, JpkiErrorCodes.FormIncomplete },
        { "１丁目２番３号", "1丁目2番3号", VerificationOutcome.Accepted, null },
        { "１丁目２番３号", "1-2-3", VerificationOutcome.Refused, JpkiErrorCodes.FormDifferent },
        { Nonce, "another", VerificationOutcome.Refused, JpkiErrorCodes.FormNonceMismatch },
        { "|", ";", VerificationOutcome.Refused, JpkiErrorCodes.FormUnreadable },
    };

    [Theory]
    [MemberData(nameof(Statements))]
    public void Verify_WhatTheFormStates_IsComparedWithTheCertificate(string part, string change, VerificationOutcome outcome, string? code)
    {
        var card = _scene.World.IssueSigning();
        var decision = Verify(card, Bare(card, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Form).Replace(part, change, StringComparison.Ordinal))));

        Assert.Equal((outcome, code), (decision.Outcome, decision.Error?.Code));
    }

    [Fact]
    public void Verify_SubstitutedCharacter_WaitsForAPerson()
    {
        var card = _scene.World.IssueSigning(new() { Person = JpkiPerson.Substituted });
        var form = Encoding.UTF8.GetBytes($"渡邉　次郎|埼玉県𠮷田町１－１|Male|2019-05-01|{Nonce}|");
        var decision = Verify(card, Bare(card, form));

        Assert.Equal((VerificationOutcome.Undetermined, JpkiErrorCodes.FormUndecidable), (decision.Outcome, decision.Error?.Code));
        Assert.Equal(AttributeVerdict.Undecidable, decision.Comparison!.Name.Verdict);
        Assert.Null(decision.Evidence);
    }

    [Fact]
    public void Verify_AttributeNotRequired_MayBeMissingButNotDifferent()
    {
        var card = _scene.World.IssueSigning();
        var policy = new ApplicationFormPolicy { Required = FormAttributes.Name };

        Assert.Null(Verify(card, Bare(card, Encoding.UTF8.GetBytes($"山田　太郎||Unknown||{Nonce}|")), policy).Error);
        Assert.Equal(JpkiErrorCodes.FormDifferent, Verify(card, Bare(card, Encoding.UTF8.GetBytes($"山田　太郎||Female||{Nonce}|")), policy).Error?.Code);
    }

    [Fact]
    public void Verify_BareSignatureOverOtherBytes_IsRefused()
    {
        var card = _scene.World.IssueSigning();
        var form = new SignedApplicationForm { Format = FormSignatureFormat.Pkcs1, Document = Form, Signature = card.Key.Sign([.. Form, 0]), Certificate = Scene.Read(card), Read = ReadText };

        Assert.Equal(JpkiErrorCodes.SignatureInvalid, Verify(card, form).Error?.Code);
    }

    [Fact]
    public void Verify_BareSignatureWithSha1_IsRefused()
    {
        var card = _scene.World.IssueSigning();
        SignedApplicationForm Make(DigestAlgorithm? hash) => new()
        {
            Format = FormSignatureFormat.Pkcs1,
            Document = Form,
            Signature = card.Key.Sign(Form, TestSignatureAlgorithm.RsaSha1),
            Certificate = Scene.Read(card),
            Hash = hash,
            Read = ReadText,
        };

        Assert.Equal(JpkiErrorCodes.HashNotAccepted, Verify(card, Make(null)).Error?.Code);
        Assert.Equal(JpkiErrorCodes.HashNotAccepted, Verify(card, Make(DigestAlgorithm.Sha1)).Error?.Code);
    }

    [Fact]
    public void Verify_AuthenticationCertificate_SignsNoForm()
    {
        var card = _scene.World.IssueAuthentication();

        Assert.Equal(JpkiErrorCodes.UseMismatch, Verify(card, Bare(card, Form)).Error?.Code);
        Assert.Equal(JpkiErrorCodes.UseMismatch, Verify(card, Cms(card, detached: false)).Error?.Code);
    }

    [Fact]
    public void Verify_TwoSigners_IsRefused()
    {
        var (one, other) = (_scene.World.IssueSigning(), _scene.World.IssueSigning());
        var cms = new TestCmsBuilder { Content = Form }.SignedBy(one).SignedBy(other).Sign();
        var form = new SignedApplicationForm { Format = FormSignatureFormat.Cms, Signature = cms, Read = ReadText };

        Assert.Equal(SignaturesErrorCodes.TooManySigners, Verify(one, form).Error?.Code);
    }

    [Fact]
    public void Verify_CmsWithoutSigner_IsRefused()
    {
        var form = new SignedApplicationForm { Format = FormSignatureFormat.Cms, Signature = new TestCmsBuilder { Content = Form }.Sign(), Read = ReadText };

        Assert.Equal(SignaturesErrorCodes.CmsNoSigner, Verify(_scene.World.IssueSigning(), form).Error?.Code);
    }

    [Fact]
    public void Verify_CmsChanged_IsRefused()
    {
        var card = _scene.World.IssueSigning();
        var decision = Verify(card, Cms(card, detached: false, s => s.ChangeSignature = b => [.. b[..^1], (byte)(b[^1] ^ 1)]));

        Assert.Equal(VerificationOutcome.Refused, decision.Outcome);
        Assert.StartsWith("cms.", decision.Error!.Code, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(FormSignatureFormat.Pkcs1)]
    [InlineData(FormSignatureFormat.Cms)]
    public void Verify_RevokedCertificate_SaysWhatToDo(FormSignatureFormat format)
    {
        var card = _scene.World.IssueSigning();
        _scene.World.IssuerOf(card).Revoke(card, (int)CrlReason.AffiliationChanged);
        var decision = Verify(card, format == FormSignatureFormat.Pkcs1 ? Bare(card, Form) : Cms(card, detached: false));

        Assert.Equal((VerificationOutcome.Refused, PkiErrorCodes.Revoked, JpkiAction.CollectAttributesAgain), (decision.Outcome, decision.Error?.Code, decision.Certificate!.Revocation.Action));
    }

    [Theory]
    [InlineData(FormSignatureFormat.Pkcs1)]
    [InlineData(FormSignatureFormat.Cms)]
    public void Verify_NoEvidence_IsUndetermined(FormSignatureFormat format)
    {
        var card = _scene.World.IssueSigning();
        var form = format == FormSignatureFormat.Pkcs1 ? Bare(card, Form) : Cms(card, detached: false);

        Assert.Equal(VerificationOutcome.Undetermined, new ApplicationFormVerifier(_scene.Policy()).Verify(form, PathEvidence.Empty, Scene.Now).Outcome);
    }

    [Fact]
    public void Verify_NoStanding_TouchesNothing()
    {
        var card = _scene.World.IssueSigning();
        var form = new SignedApplicationForm { Format = FormSignatureFormat.Cms, Signature = new byte[] { 1 }, Read = _ => throw new InvalidOperationException("read") };

        Assert.Equal(JpkiErrorCodes.StandingMissing, new ApplicationFormVerifier(_scene.Policy(JpkiStanding.None)).Verify(form, _scene.Ocsp(card), Scene.Now).Error?.Code);
    }

    [Theory]
    [InlineData(FormSignatureFormat.Pkcs1)]
    [InlineData(FormSignatureFormat.Cms)]
    public void Verify_NobodyTrusted_IsRefused(FormSignatureFormat format)
    {
        var card = _scene.World.IssueSigning();
        var form = format == FormSignatureFormat.Pkcs1 ? Bare(card, Form) : Cms(card, detached: false);

        Assert.Equal(PkiErrorCodes.NoPath, new ApplicationFormVerifier(_scene.Policy() with { Anchors = [] }).Verify(form, _scene.Ocsp(card), Scene.Now).Error?.Code);
    }

    [Fact]
    public void Verify_BareSignatureWithoutDocument_IsMisuse() => Assert.Throws<ArgumentException>(() =>
        new ApplicationFormVerifier(_scene.Policy()).Verify(new() { Format = FormSignatureFormat.Pkcs1, Signature = Form, Read = ReadText }, PathEvidence.Empty, Scene.Now));

    [Fact]
    public void Serialize_FormTypes_IsRefused()
    {
        var card = _scene.World.IssueSigning();
        var form = Bare(card, Form);
        var decision = Verify(card, form);

        Assert.All(new object?[] { form, decision, decision.Evidence, ReadText(Form) }, o => Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(o, o!.GetType())));
        Assert.DoesNotContain("山田", $"{form} {decision} {decision.Evidence} {ReadText(Form)} {decision.Evidence!.Identity.BasicFour}", StringComparison.Ordinal);
    }

    private static SignedApplicationForm Bare(TestCertificate card, byte[] form) => new()
    {
        Format = FormSignatureFormat.Pkcs1,
        Document = form,
        Signature = card.Key.Sign(form),
        Certificate = Scene.Read(card),
        Read = ReadText,
        ExpectedNonce = Nonce,
    };

    private static SignedApplicationForm Cms(TestCertificate card, bool detached, Action<TestCmsSigner>? profile = null) => new()
    {
        Format = FormSignatureFormat.Cms,
        Document = detached ? Form : null,
        Signature = new TestCmsBuilder { Content = Form, Detached = detached }.SignedBy(card, profile).Sign(),
        Read = ReadText,
        ExpectedNonce = Nonce,
    };

    private ApplicationFormDecision Verify(TestCertificate card, SignedApplicationForm form, ApplicationFormPolicy? policy = null) =>
        new ApplicationFormVerifier(_scene.Policy(), policy).Verify(form, _scene.Ocsp(card), Scene.Now);

    private static ApplicationForm? ReadText(ReadOnlyMemory<byte> octets) => Encoding.UTF8.GetString(octets.Span).Split('|') is [var name, var address, var gender, var birth, var nonce, var key]
        ? new()
        {
            Name = name,
            Address = address,
            Gender = Enum.Parse<JpkiGender>(gender),
            BirthDate = birth.Length == 0 ? null : DateOnly.Parse(birth, CultureInfo.InvariantCulture),
            Nonce = nonce,
            PublicKeySha256 = key,
        }
        : null;

    private static ApplicationForm ReadXml(ReadOnlyMemory<byte> octets)
    {
        var form = XDocument.Parse(Encoding.UTF8.GetString(octets.Span)).Root!;
        return new()
        {
            Name = form.Element("name")?.Value,
            Address = form.Element("address")?.Value,
            Gender = Enum.Parse<JpkiGender>(form.Element("gender")!.Value),
            BirthDate = DateOnly.Parse(form.Element("birth")!.Value, CultureInfo.InvariantCulture),
        };
    }
}
