using MedId.Pki;

namespace MedId.Jpki.Certificates.Tests.Procedures;

public sealed class ProcedureMatrixTests
{
    [Theory]
    [InlineData("EE", "online-voting", "eid-card", JpkiCertificateKind.Sign, ProcedureAnswer.Yes)]
    [InlineData("EE", "online-voting", "smart-id", JpkiCertificateKind.Sign, ProcedureAnswer.No)]
    [InlineData("EE", "tax", "smart-id", JpkiCertificateKind.Authenticate, ProcedureAnswer.Yes)]
    [InlineData("EE", "tax", "smart-id", JpkiCertificateKind.Sign, ProcedureAnswer.No)]
    [InlineData("EE", "contract", "smart-id", JpkiCertificateKind.Sign, ProcedureAnswer.Limited)]
    [InlineData("EE", "contract", "eid-card", JpkiCertificateKind.Authenticate, ProcedureAnswer.NotApplicable)]
    [InlineData("EE", "citizen-portal", "smart-id", JpkiCertificateKind.Sign, ProcedureAnswer.Limited)]
    [InlineData("JP", "identity-proofing", "jpki-sign", JpkiCertificateKind.Sign, ProcedureAnswer.Yes)]
    [InlineData("JP", "identity-proofing", "jpki-authenticate", JpkiCertificateKind.Authenticate, ProcedureAnswer.No)]
    [InlineData("JP", "sign-in", "jpki-sign", JpkiCertificateKind.Authenticate, ProcedureAnswer.No)]
    [InlineData("JP", "tax", "jpki-sign", JpkiCertificateKind.Sign, ProcedureAnswer.Unknown)]               // a row is there, and nobody verified it
    [InlineData("JP", "online-voting", "jpki-sign", JpkiCertificateKind.Sign, ProcedureAnswer.Unknown)]     // no row is there
    public void Ask_Procedure_AnswersFromGrantingRowsOnly(string jurisdiction, string procedure, string token, JpkiCertificateKind use, ProcedureAnswer answer) =>
        Assert.Equal(answer, ProcedureMatrix.Default.Ask(jurisdiction, procedure, token, use, Scene.Now));

    [Fact]
    public void Ask_RowConfirmedByTheOperator_Answers()
    {
        var matrix = ProcedureMatrix.FromTrustData(TrustDataBundle.Default.Confirm(ProcedureMatrix.Section, "jp-tax-sign", "read by our counsel"));

        Assert.Equal(ProcedureAnswer.Yes, matrix.Ask("JP", "tax", "jpki-sign", JpkiCertificateKind.Sign, Scene.Now));
    }

    [Fact]
    public void Default_EveryRowOfTheSection_IsReadAndNamesItsSource()
    {
        Assert.Equal(TrustDataBundle.Default.Find(ProcedureMatrix.Section).Count, ProcedureMatrix.Default.Rows.Count);
        Assert.Equal(36, ProcedureMatrix.Default.Rows.Count(r => r.Jurisdiction == "EE"));
        Assert.All(ProcedureMatrix.Default.Rows, r => Assert.NotEmpty(r.Row.Source));
    }
}
