namespace MedId.Signatures;

/// <summary>The object identifiers of RFC 5652, RFC 5035, RFC 6211, RFC 5940 and EN 319 122-1 that are read or written here.</summary>
internal static class CmsOids
{
    public const string Data = "1.2.840.113549.1.7.1";
    public const string SignedData = "1.2.840.113549.1.7.2";
    public const string TstInfo = "1.2.840.113549.1.9.16.1.4";

    public const string ContentTypeAttribute = "1.2.840.113549.1.9.3";
    public const string MessageDigest = "1.2.840.113549.1.9.4";
    public const string SigningTime = "1.2.840.113549.1.9.5";
    public const string CounterSignature = "1.2.840.113549.1.9.6";
    public const string AlgorithmProtection = "1.2.840.113549.1.9.52";
    public const string SigningCertificate = "1.2.840.113549.1.9.16.2.12";
    public const string SignatureTimestamp = "1.2.840.113549.1.9.16.2.14";
    public const string ContentTimestamp = "1.2.840.113549.1.9.16.2.20";
    public const string CertificateValues = "1.2.840.113549.1.9.16.2.23";
    public const string RevocationValues = "1.2.840.113549.1.9.16.2.24";
    public const string SigningCertificateV2 = "1.2.840.113549.1.9.16.2.47";

    public const string OcspResponse = "1.3.6.1.5.5.7.16.2";
    public const string OcspBasic = "1.3.6.1.5.5.7.48.1.1";

    /// <summary>Whether an attribute takes part in the decision.</summary>
    public static bool IsJudged(string oid) =>
        oid is ContentTypeAttribute or MessageDigest or SigningTime or AlgorithmProtection or SigningCertificate or SigningCertificateV2 or SignatureTimestamp or ContentTimestamp;

    /// <summary>Attributes that are known by name and not judged (EN 319 122-1 §5, RFC 5126 §6).</summary>
    public static string NameOf(string oid) => oid switch
    {
        CounterSignature => "countersignature",
        CertificateValues => "certValues",
        RevocationValues => "revocationValues",
        "1.2.840.113549.1.9.16.2.15" => "signaturePolicyIdentifier",
        "1.2.840.113549.1.9.16.2.16" => "commitmentTypeIndication",
        "1.2.840.113549.1.9.16.2.17" => "signerLocation",
        "1.2.840.113549.1.9.16.2.18" => "signerAttributes",
        "0.4.0.19122.1.1" => "signerAttributesV2",
        "0.4.0.1733.2.1" => "mimeType",
        "1.2.840.113549.1.9.16.2.4" => "contentHints",
        "1.2.840.113549.1.9.16.2.7" => "contentIdentifier",
        "1.2.840.113549.1.9.16.2.10" => "contentReference",
        "1.2.840.113549.1.9.16.2.21" => "completeCertificateRefs",
        "1.2.840.113549.1.9.16.2.22" => "completeRevocationRefs",
        "1.2.840.113549.1.9.16.2.25" => "escTimeStamp",
        "1.2.840.113549.1.9.16.2.26" => "certCRLTimestamp",
        "1.2.840.113549.1.9.16.2.27" => "archiveTimestamp",
        "1.2.840.113549.1.9.16.2.48" => "archiveTimestampV2",
        "0.4.0.1733.2.4" => "archiveTimestampV3",
        "0.4.0.1733.2.2" => "longTermValidation",
        "0.4.0.19122.1.3" => "signaturePolicyStore",
        "1.2.840.113549.1.9.16.2.49" => "evidenceRecordInternal",
        "1.2.840.113549.1.9.16.2.50" => "evidenceRecordExternal",
        "1.2.840.113583.1.1.8" => "revocationInfoArchival",
        _ => "attribute",
    };
}
