using System.Text;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Signatures.Tests.Xml;

/// <summary>
/// Documents in the shape of Japanese electronic prescriptions, signed in a world in the shape of HPKI. Synthetic: the names of elements are those of such documents, nothing in them is real, and no schema
/// is claimed to be met.
/// </summary>
internal static class ElectronicPrescription
{
    public const string PrescriptionPath = "/Document[1]/Prescription[1]/PrescriptionDocument[1]";
    public const string DispensingPath = "/Document[1]/Dispensing[1]";

    public static readonly HpkiWorld World = HpkiWorld.Create("prescriptions");
    private static readonly TestCertificate Doctor = World.Issue();
    private static readonly TestCertificate Pharmacist = World.Issue(new() { Holder = HpkiHolder.Pharmacist });

    public static SignaturePolicy Policy { get; } = SignatureScene.Policy with
    {
        Anchors = [TrustAnchor.FromCertificate(SignatureScene.Read(World.Root.Certificate))],
        Path = SignatureScene.PathPolicy with { RequiredKeyUsage = KeyUsages.NonRepudiation },
    };

    /// <summary>What is not in the document: the CAs and the CRLs.</summary>
    public static ValidationEvidence Evidence { get; } = new()
    {
        Gathered = new()
        {
            Certificates = [.. World.Intermediates.Select(SignatureScene.Read)],
            Crls = [.. World.CreateCrls().Append(SignatureScene.TsaCrl).Select(c => CertificateRevocationList.Parse(c).Value!)],
        },
    };

    public static Certificate DoctorCertificate => SignatureScene.Read(Doctor);

    public static Certificate PharmacistCertificate => SignatureScene.Read(Pharmacist);

    /// <summary>A prescription, signed.</summary>
    public static async Task<string> PrescribeAsync()
    {
        var content = Convert.ToBase64String(Encoding.UTF8.GetBytes("SJ1\n1,試験薬,5\n"));
        var document = $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document id=\"Document\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:noNamespaceSchemaLocation=\"EP.xsd\">\n<Prescription><PrescriptionDocument id=\"PrescriptionDocument\">{content}</PrescriptionDocument>\n<PrescriptionSign/></Prescription>\n</Document>\n";
        return await SignAsync(document, Doctor, "PrescriptionSign", "PrescriptionDocument", "/Document[1]/Prescription[1]/PrescriptionSign[1]");
    }

    /// <summary>The same prescription inside a dispensing document, which the pharmacist signs.</summary>
    public static async Task<string> DispenseAsync(string prescription)
    {
        var to = prescription.IndexOf("</Prescription>", StringComparison.Ordinal) + "</Prescription>".Length;
        var dispensed = $"<Dispensing id=\"Dispensing\"><DispensingDocument>{Convert.ToBase64String("5 of 5"u8)}</DispensingDocument></Dispensing>\n<DispensingSign/>";
        return await SignAsync(prescription[..to] + dispensed + prescription[to..], Pharmacist, "DispensingSign", "Dispensing", "/Document[1]/DispensingSign[1]");
    }

    /// <summary>The signature with a time-stamp and the evidence of both paths: what such documents are kept with.</summary>
    public static async Task<string> KeepAsync(string document, string signatureId)
    {
        var stamped = await XmlSignerTests.StampAsync(document, signatureId: signatureId);
        var evidence = Evidence.Gathered with { Certificates = [.. Evidence.Gathered.Certificates, SignatureScene.Read(World.Root.Certificate), SignatureScene.Read(SignatureScene.TsaAuthority.Certificate)] };
        return Encoding.UTF8.GetString(XmlSigner.AddEvidence(XmlScene.Bytes(stamped), signatureId, evidence).Value!);
    }

    public static DocumentVerification Verify(string document, XmlCoverage coverage, string? signatureId = null, ValidationEvidence? evidence = null) =>
        XmlSignatureVerifier.Verify(XmlScene.Bytes(document), coverage, Policy, evidence ?? Evidence, SignatureScene.Now, new() { SignatureId = signatureId });

    private static async Task<string> SignAsync(string document, TestCertificate signer, string signatureId, string elementId, string parent)
    {
        using var key = LocalSigningKey.FromPkcs8(signer.Key.ExportPkcs8(), signer.Key.IsRsa ? SignatureAlgorithm.RS256 : SignatureAlgorithm.ES256);
        var request = new XmlSigningRequest
        {
            Certificate = SignatureScene.Read(signer),
            SigningTime = SignatureScene.Now.AddHours(-1),
            Form = XmlSignatureForm.Detached,
            SignatureId = signatureId,
            ElementIds = [elementId],
            ParentPath = parent,
            SignKeyInfo = true,
            ReferenceWithoutTransform = true,
        };
        var signed = await XmlSigner.SignAsync(XmlScene.Bytes(document), request, key, TestContext.Current.CancellationToken);
        Assert.True(signed.Succeeded, signed.ToString());
        return Encoding.UTF8.GetString(signed.Value);
    }
}
