using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.House.Tests.Snippets;

internal static class SignaturesXml
{
    public static ReadOnlyMemory<byte>? Verify(byte[] document, SignaturePolicy policy, PathEvidence gathered, DateTimeOffset now)
    {
        #region Signatures_VerifyXml
        var result = XmlSignatureVerifier.Verify(
            document,
            XmlCoverage.Elements("/Document[1]/Prescription[1]/PrescriptionDocument[1]"),    // what will be read has to be what was signed
            policy,
            new() { Gathered = gathered },
            now,
            new() { SignatureId = "PrescriptionSign" });
        if (!result.IsAccepted)
        {
            Console.WriteLine($"{result.Outcome}: {result.Error!.Code} [{result.Error.Section}]");
            return null;
        }

        return result.Signers[0].Covered[0].Octets;                                          // canonical octets of the element: parse these
        #endregion
    }

    public static async Task<byte[]> SignAsync(
        SigningKey card, Certificate certificate, TimestampClient tsa, PathEvidence pathsOfBoth, byte[] document, DateTimeOffset now, CancellationToken cancellationToken)
    {
        #region Signatures_SignXml
        var request = new XmlSigningRequest
        {
            Certificate = certificate,
            SigningTime = now,
            Form = XmlSignatureForm.Detached,                    // or Enveloped, Enveloping
            ElementIds = ["PrescriptionDocument"],
            ParentPath = "/Document[1]/Prescription[1]/PrescriptionSign[1]",
            SignatureId = "PrescriptionSign",
            SignKeyInfo = true,
            ReferenceWithoutTransform = true,
        };

        var signed = await XmlSigner.SignAsync(document, request, card, cancellationToken);                                                       // B-B
        var stamped = await XmlSigner.AddTimestampAsync(
            signed.Value!, "PrescriptionSign", (octets, ct) => tsa.StampAsync(TimestampRequest.Create(octets.Span), ct), cancellationToken);      // B-T
        return XmlSigner.AddEvidence(stamped.Value!, "PrescriptionSign", pathsOfBoth).Value!;                                                     // B-LT
        #endregion
    }

    public static ReadOnlyMemory<byte>? VerifyPdf(byte[] file, SignaturePolicy policy, PathEvidence gathered, DateTimeOffset now)
    {
        #region Signatures_VerifyPdf
        var document = PdfSignatureReader.Read(file);
        if (!document.Succeeded)
        {
            Console.WriteLine(document.Error.Code);              // pdf.no_signature, pdf.byte_range, pdf.malformed …
            return null;
        }

        var allowed = PdfUpdateAllowance.ValidationData | PdfUpdateAllowance.DocumentTimestamp;
        var result = PdfSignatureVerifier.Verify(document.Value, allowed, policy, new() { Gathered = gathered }, now);
        return result.IsAccepted ? document.Value.Signatures[0].SignedRevision : null;       // show the signed revision, not the whole file
        #endregion
    }
}
