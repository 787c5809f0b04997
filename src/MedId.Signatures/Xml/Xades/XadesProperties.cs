namespace MedId.Signatures;

/// <summary>QualifyingProperties as written (EN 319 132-1 §4.3); what is signed of them is told by the signature's references.</summary>
internal sealed class XadesProperties(XmlTreeElement signedProperties)
{
    public XmlTreeElement SignedProperties { get; } = signedProperties;

    public DateTimeOffset? SigningTime { get; set; }

    public XadesCertificateReference? SigningCertificate { get; set; }

    public List<XadesTimestamp> SignatureTimestamps { get; } = [];

    /// <summary>Values of CertificateValues and TimeStampValidationData, in DER, not parsed.</summary>
    public List<byte[]> Certificates { get; } = [];

    public List<byte[]> Crls { get; } = [];

    public List<byte[]> OcspResponses { get; } = [];

    public List<UnjudgedElement> NotJudged { get; } = [];
}
