using System.Text;

namespace MedId.Signatures.Tests.Xml;

/// <summary>The nested shape of electronic prescriptions: lower-case id, a reference without transform, two signatures one inside the other's document.</summary>
public sealed class ElectronicPrescriptionTests
{
    [Fact]
    public async Task Verify_Prescription_CoversThePrescriptionDocument()
    {
        var verification = ElectronicPrescription.Verify(await ElectronicPrescription.PrescribeAsync(), XmlCoverage.Elements(ElectronicPrescription.PrescriptionPath));
        XmlScene.AssertAccepted(verification);
        var signer = Assert.Single(verification.Signers);
        Assert.Equal(ElectronicPrescription.DoctorCertificate, signer.Certificate);
        Assert.Equal(ElectronicPrescription.PrescriptionPath, signer.Covered[0].ElementPath);
        Assert.EndsWith("}KeyInfo[1]", signer.Covered[1].ElementPath, StringComparison.Ordinal);
        Assert.Equal(CoveredContentKind.SignedProperties, signer.Covered[2].Kind);

        // No transform: Canonical XML 1.0, which brings the namespaces of the document along.
        Assert.StartsWith("<PrescriptionDocument xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" id=\"PrescriptionDocument\">", Encoding.UTF8.GetString(signer.Covered[0].Octets.Span), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_Dispensing_JudgesBothSignaturesOrTheOneAskedFor()
    {
        var dispensed = await ElectronicPrescription.DispenseAsync(await ElectronicPrescription.PrescribeAsync());
        var both = ElectronicPrescription.Verify(dispensed, XmlCoverage.ReportOnly);
        XmlScene.AssertAccepted(both);
        Assert.Equal([ElectronicPrescription.DoctorCertificate, ElectronicPrescription.PharmacistCertificate], both.Signers.Select(s => s.Certificate));
        XmlScene.AssertAccepted(ElectronicPrescription.Verify(dispensed, XmlCoverage.Elements(ElectronicPrescription.PrescriptionPath), "PrescriptionSign"));
        XmlScene.AssertAccepted(ElectronicPrescription.Verify(dispensed, XmlCoverage.Elements(ElectronicPrescription.DispensingPath), "DispensingSign"));
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, ElectronicPrescription.Verify(dispensed, XmlCoverage.Elements(ElectronicPrescription.PrescriptionPath), "DispensingSign"));
    }

    [Fact]
    public async Task Verify_KeptWithItsEvidence_IsBaselineLTWithoutAnyOther()
    {
        var kept = await ElectronicPrescription.KeepAsync(await ElectronicPrescription.PrescribeAsync(), "PrescriptionSign");
        var verification = ElectronicPrescription.Verify(kept, XmlCoverage.Elements(ElectronicPrescription.PrescriptionPath), evidence: ValidationEvidence.None);
        XmlScene.AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineLT, verification.Level);
        Assert.Equal(SignatureScene.StampedAt, verification.Signers[0].JudgedAt);
    }

    [Fact]
    public async Task Verify_KeptThenDispensed_KeepsBoth()
    {
        var kept = await ElectronicPrescription.KeepAsync(await ElectronicPrescription.PrescribeAsync(), "PrescriptionSign");
        var dispensed = await ElectronicPrescription.KeepAsync(await ElectronicPrescription.DispenseAsync(kept), "DispensingSign");
        var verification = ElectronicPrescription.Verify(dispensed, XmlCoverage.ReportOnly, evidence: ValidationEvidence.None);
        XmlScene.AssertAccepted(verification);
        Assert.Equal(SignatureLevel.BaselineLT, verification.Level);
    }

    [Fact]
    public async Task Verify_PrescriptionOfAnotherDocument_IsRefused()
    {
        var dispensed = await ElectronicPrescription.DispenseAsync(await ElectronicPrescription.PrescribeAsync());
        var start = dispensed.IndexOf("\"PrescriptionDocument\">", StringComparison.Ordinal) + 23;
        var changed = dispensed[..start] + "AAAA" + dispensed[(start + 4)..];
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlDigest, ElectronicPrescription.Verify(changed, XmlCoverage.ReportOnly));
        XmlScene.AssertAccepted(ElectronicPrescription.Verify(changed, XmlCoverage.Elements(ElectronicPrescription.DispensingPath), "DispensingSign"));
    }

    // The signed prescription under another name, a new one where readers look.
    [Fact]
    public async Task Verify_SecondPrescriptionBeforeTheSignedOne_IsNotCovered()
    {
        var prescription = await ElectronicPrescription.PrescribeAsync();
        var wrapped = prescription.Replace("<Prescription>", "<Prescription><PrescriptionDocument id=\"Other\">AAAA</PrescriptionDocument></Prescription><Prescription>", StringComparison.Ordinal);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlNotCovered, ElectronicPrescription.Verify(wrapped, XmlCoverage.Elements(ElectronicPrescription.PrescriptionPath)));
        var same = wrapped.Replace("\"Other\"", "\"PrescriptionDocument\"", StringComparison.Ordinal);
        XmlScene.AssertRefused(SignaturesErrorCodes.XmlDuplicateId, ElectronicPrescription.Verify(same, XmlCoverage.ReportOnly));
    }
}
