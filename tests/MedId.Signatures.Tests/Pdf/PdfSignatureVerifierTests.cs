using System.Text;
using MedId.Core;

namespace MedId.Signatures.Tests.Pdf;

public sealed class PdfSignatureVerifierTests
{
    private const PdfUpdateAllowance Everything = PdfUpdateAllowance.ValidationData | PdfUpdateAllowance.DocumentTimestamp | PdfUpdateAllowance.FurtherSignature;

    [Theory]
    [InlineData(false, "\n")]
    [InlineData(false, "")]
    [InlineData(false, "\r\n")]
    [InlineData(true, "\n")]
    public void Verify_SignedFile_IsAcceptedAndCoversTheWholeFile(bool usesStreams, string endOfFile)
    {
        var pdf = TestPdf.Create(usesStreams);
        pdf.EndOfFile = endOfFile;
        var file = pdf.Sign().Bytes;
        var verification = Verify(file);

        Assert.True(verification.IsAccepted, verification.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineB, verification.Level);
        var covered = Assert.Single(verification.Signers[0].Covered);
        Assert.Equal(CoveredContentKind.PdfRevision, covered.Kind);
        Assert.True(covered.IsWholeDocument);
        Assert.Equal(file.Length, covered.Ranges[1].Offset + covered.Ranges[1].Length);
        Assert.Equal(covered.Octets.Length, covered.Ranges.Sum(r => r.Length));
    }

    [Fact]
    public void Verify_AdobeSubFilter_IsAccepted() => AssertAccepted(Verify(TestPdf.Create().Sign(new() { SubFilter = "adbe.pkcs7.detached" }).Bytes));

    [Fact]
    public void Read_SignedFile_HandsOutTheSignedRevision()
    {
        var signed = TestPdf.Create().Sign();
        var revision = signed.Bytes;
        var document = PdfSignatureReader.Read(signed.Update((20, "<< /New true >>")).Bytes).Value!;
        var signature = Assert.Single(document.Signatures);

        Assert.Equal(3, document.Revisions);
        Assert.Equal(2, signature.Revision);
        Assert.False(signature.CoversWholeFile);
        Assert.Equal(revision, signature.SignedRevision.ToArray());
        Assert.Equal("Signature5", signature.FieldName);
        Assert.Equal(new DateTimeOffset(2026, 3, 31, 14, 0, 0, TimeSpan.Zero), signature.ClaimedSigningTime);
    }

    [Fact]
    public void Verify_OneByteOfTheSignedRevisionChanged_IsRefused()
    {
        var file = TestPdf.Create().Sign().Bytes;
        var at = Encoding.Latin1.GetString(file).IndexOf("5 tablets", StringComparison.Ordinal);
        file[at] = (byte)'9';
        AssertRefused(SignaturesErrorCodes.CmsDigestMismatch, Verify(file));
    }

    [Fact]
    public void Verify_DocumentTimestamp_NeedsItsAllowanceAndProvesTheTime()
    {
        var file = TestPdf.Create().Sign().Sign(TestPdfSignature.Timestamp).Bytes;
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(file));
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(file, PdfUpdateAllowance.FurtherSignature | PdfUpdateAllowance.ValidationData));
        var verification = Verify(file, PdfUpdateAllowance.DocumentTimestamp);
        AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineT, verification.Level);
        Assert.Equal(SignatureScene.StampedAt, verification.Signers[0].BestSignatureTime);
        Assert.False(verification.Signers[0].Covered[0].IsWholeDocument);
    }

    [Fact]
    public void Verify_DocumentTimestampAlone_IsNoSignature() =>
        AssertRefused(SignaturesErrorCodes.PdfNoSignature, Verify(TestPdf.Create().Sign(TestPdfSignature.Timestamp).Bytes));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Verify_FurtherSignature_NeedsItsAllowance(bool usesStreams)
    {
        var file = TestPdf.Create(usesStreams).Sign().Sign().Bytes;
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(file));
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(file, PdfUpdateAllowance.DocumentTimestamp | PdfUpdateAllowance.ValidationData));
        var verification = Verify(file, PdfUpdateAllowance.FurtherSignature);
        AssertAccepted(verification);
        Assert.Equal(2, verification.Signers.Count);
    }

    [Fact]
    public void Verify_SecurityStore_NeedsItsAllowanceAndIsEvidence()
    {
        var pdf = TestPdf.Create().Sign(new() { Make = WithTimestamp });
        AddStore(pdf);
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(pdf.Bytes));
        AssertRefused(SignaturesErrorCodes.PdfUpdate, Verify(pdf.Bytes, PdfUpdateAllowance.DocumentTimestamp | PdfUpdateAllowance.FurtherSignature));
        var verification = Verify(pdf.Bytes, PdfUpdateAllowance.ValidationData, evidence: ValidationEvidence.None);
        AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineLT, verification.Level);
    }

    [Fact]
    public void Verify_StoreThenTimestampThenStore_IsAccepted()
    {
        var pdf = TestPdf.Create().Sign();
        AddStore(pdf);
        pdf.Sign(TestPdfSignature.Timestamp);
        pdf.Update((TestPdf.Catalog, pdf[TestPdf.Catalog].Replace("/CRLs [", "/OCSPs [] /CRLs [", StringComparison.Ordinal)));
        AssertAccepted(Verify(pdf.Bytes, PdfUpdateAllowance.ValidationData | PdfUpdateAllowance.DocumentTimestamp));
    }

    public static TheoryData<string> Attacks => [.. AttackTable.Keys];

    // Each writes a revision after the signature; none may be accepted whatever is allowed.
    private static Dictionary<string, Action<TestPdf>> AttackTable => new(StringComparer.Ordinal)
    {
        ["content replaced"] = p => p.Update((TestPdf.Content, p[TestPdf.Content].Replace("5 tab", "9 tab", StringComparison.Ordinal))),
        ["page replaced"] = p => p.Update((TestPdf.Page, p[TestPdf.Page].Replace("4 0 R", "30 0 R", StringComparison.Ordinal)), (30, p[TestPdf.Content])),
        ["page added"] = p => p.Update((TestPdf.Pages, "<< /Type /Pages /Kids [3 0 R 30 0 R] /Count 2 >>"), (30, p[TestPdf.Page])),
        ["annotation added"] = p => p.Update((TestPdf.Page, Insert(p[TestPdf.Page], "/Annots [30 0 R] ")), (30, "<< /Type /Annot /Subtype /FreeText /Rect [0 0 200 200] /Contents (9 tablets) >>")),
        ["catalog with another page tree"] = p => p.Update((TestPdf.Catalog, p[TestPdf.Catalog].Replace("2 0 R", "30 0 R", StringComparison.Ordinal)), (30, p[TestPdf.Pages])),
        ["catalog with an action"] = p => p.Update((TestPdf.Catalog, Insert(p[TestPdf.Catalog], "/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> "))),
        ["trailer with another root"] = p => { p.Trailer = "/Info 31 0 R "; p.Update((31, "<< /Title (other) >>")); },
        ["object taken out"] = p => p.Update((TestPdf.Content, null)),
        ["signature field taken out"] = p => p.Update((TestPdf.Catalog, p[TestPdf.Catalog].Replace("/Fields [5 0 R]", "/Fields []", StringComparison.Ordinal))),
        ["signature field exchanged"] = p => p.Update((TestPdf.Catalog, p[TestPdf.Catalog].Replace("/Fields [5 0 R]", "/Fields [30 0 R]", StringComparison.Ordinal)), (30, p[5])),
        ["signature dictionary changed"] = p => p.Update((6, p[6].Replace("20260331", "20260401", StringComparison.Ordinal))),
        ["text field added"] = p => p.Update((TestPdf.Catalog, p[TestPdf.Catalog].Replace("[5 0 R]", "[5 0 R 30 0 R]", StringComparison.Ordinal)), (30, "<< /FT /Tx /T (a) /V (b) >>")),
        ["visible signature over the page"] = p => p.Sign(new() { Rect = "[0 0 200 200]" }),
        ["signature field with an action"] = p => p.Sign(new() { FieldMembers = "/A << /S /URI /URI (http://127.0.0.1:9) >> " }),
        ["need of appearances"] = p => p.Update((TestPdf.Catalog, p[TestPdf.Catalog].Replace("/SigFlags 3", "/SigFlags 3 /NeedAppearances true", StringComparison.Ordinal))),
        ["store with something else"] = p => p.Update((TestPdf.Catalog, Insert(p[TestPdf.Catalog], "/DSS << /Certs [] /Pages 2 0 R >> "))),
        ["bytes between the objects"] = p => p.Append("4 0 obj\n<< /Length 0 >>\nstream\n\nendstream\nendobj\n").Update((30, "<< /New true >>")),
        ["shadow: a prepared place is filled"] = p => p.Update((40, TestPdf.Stream("BT"))),
    };

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Verify_ChangedAfterTheSignature_IsRefusedWhateverIsAllowed(string attack)
    {
        // The page points to an object 40 that is not there: the place that a shadow attack keeps.
        var pdf = TestPdf.Create(catalog: "/PieceInfo 40 0 R ").Sign();
        AssertAccepted(Verify(pdf.Bytes));
        AttackTable[attack](pdf);
        var verification = Verify(pdf.Bytes, Everything);
        Assert.False(verification.IsAccepted);
        Assert.True(verification.Error!.Code is SignaturesErrorCodes.PdfUpdate or SignaturesErrorCodes.PdfNoSignature or SignaturesErrorCodes.PdfRevision or SignaturesErrorCodes.PdfByteRange, verification.Error.ToString());
    }

    [Fact]
    public void Verify_HarmlessObjectAfterTheSignature_ShowsThatTheAttacksWereRefusedForWhatTheyDid() =>
        AssertAccepted(Verify(TestPdf.Create().Sign().Update((30, "<< /New true >>")).Bytes, Everything));

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public void Verify_FurtherSignatureAfterACertification_ObeysIt(int permission, bool isAccepted)
    {
        var pdf = TestPdf.Create(catalog: "/Perms << /DocMDP 6 0 R >> ");
        pdf.Sign(new() { Change = t => Insert(t, $"/Reference [<< /Type /SigRef /TransformMethod /DocMDP /TransformParams << /Type /TransformParams /P {permission} /V /1.2 >> >>] ") });
        AssertAccepted(Verify(pdf.Bytes));
        Assert.Equal(isAccepted, Verify(pdf.Sign().Bytes, Everything).IsAccepted);
    }

    [Fact]
    public void Verify_EmptyFieldFilledWithASignature_IsAFurtherSignature()
    {
        var pdf = TestPdf.Create(catalog: "/AcroForm << /Fields [7 0 R] /SigFlags 3 >> ").Update((7, "<< /Type /Annot /Subtype /Widget /FT /Sig /T (Second) /Rect [10 10 50 50] >>"));
        pdf.Sign();
        var unsigned = pdf.Bytes;
        var filled = pdf.Update((7, Insert(pdf[7], "/V 30 0 R ")), (30, "<< /Type /Sig /SubFilter /ETSI.CAdES.detached >>")).Bytes;
        AssertAccepted(Verify(unsigned));
        AssertRefused(SignaturesErrorCodes.PdfSignatureMalformed, Verify(filled, Everything));
    }

    [Fact]
    public void Verify_ChangeBeforeTheSignature_IsCovered() =>
        AssertAccepted(Verify(TestPdf.Create().Update((TestPdf.Content, TestPdf.Stream("BT"))).Sign().Bytes));

    [Fact]
    public void Verify_TwoSignersInOneStructure_IsRefused()
    {
        var file = TestPdf.Create().Sign(new()
        {
            Make = signed =>
            {
                var cms = TestCms.By(SignatureScene.Signer);
                cms.Content = signed;
                cms.Signers.Add(new(SignatureScene.Tsa));
                return cms.Write();
            },
        }).Bytes;
        AssertRefused(SignaturesErrorCodes.PdfSignatureMalformed, Verify(file));
    }

    internal static string Insert(string dictionary, string members) => dictionary.Insert(dictionary.LastIndexOf(">>", StringComparison.Ordinal), members);

    internal static DocumentVerification Verify(byte[] file, PdfUpdateAllowance allowance = PdfUpdateAllowance.None, ValidationEvidence? evidence = null, PdfLimits? limits = null) =>
        PdfSignatureVerifier.Verify(file, allowance, SignatureScene.Policy, evidence ?? SignatureScene.Evidence, SignatureScene.Now, limits);

    internal static void AssertAccepted(DocumentVerification verification) => Assert.True(verification.IsAccepted, verification.Error?.ToString());

    internal static void AssertRefused(string code, DocumentVerification verification)
    {
        Assert.Equal(code, verification.Error?.Code);
        Assert.Equal(VerificationOutcome.Refused, verification.Outcome);
    }

    private static byte[] WithTimestamp(byte[] signed)
    {
        var cms = TestCms.By(SignatureScene.Signer);
        cms.Content = signed;
        cms.Signers[0].UnsignedFromSignature = s => TestCmsSigner.Attribute(TestCmsSigner.SignatureTimestamp, new TestTst(SignatureScene.Tsa).Write(s));
        return cms.Write();
    }

    private static void AddStore(TestPdf pdf)
    {
        var number = pdf.NextNumber;
        pdf.Update(
            (TestPdf.Catalog, Insert(pdf[TestPdf.Catalog], $"/Extensions << /ESIC << /BaseVersion /1.7 /ExtensionLevel 5 >> >> /DSS << /Type /DSS /Certs [{number} 0 R {number + 1} 0 R] /CRLs [{number + 2} 0 R {number + 3} 0 R] >> ")),
            (number, Stream(SignatureScene.Authority.Certificate.Der)),
            (number + 1, Stream(SignatureScene.TsaAuthority.Certificate.Der)),
            (number + 2, Stream(SignatureScene.Crl)),
            (number + 3, Stream(SignatureScene.TsaCrl)));
    }

    private static string Stream(byte[] bytes) => TestPdf.Stream(Encoding.Latin1.GetString(bytes));
}
