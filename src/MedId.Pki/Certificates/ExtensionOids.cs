namespace MedId.Pki;

/// <summary>The object identifiers of the extensions that this library understands (RFC 5280 §4.2, §5.2, §5.3; RFC 6960).</summary>
public static class ExtensionOids
{
    /// <summary>subjectDirectoryAttributes, RFC 5280 §4.2.1.8; HPKI's hcRole is in it.</summary>
    public const string SubjectDirectoryAttributes = "2.5.29.9";

    /// <summary>subjectKeyIdentifier, §4.2.1.2.</summary>
    public const string SubjectKeyIdentifier = "2.5.29.14";

    /// <summary>keyUsage, §4.2.1.3.</summary>
    public const string KeyUsage = "2.5.29.15";

    /// <summary>subjectAltName, §4.2.1.6.</summary>
    public const string SubjectAlternativeName = "2.5.29.17";

    /// <summary>issuerAltName, §4.2.1.7.</summary>
    public const string IssuerAlternativeName = "2.5.29.18";

    /// <summary>basicConstraints, §4.2.1.9.</summary>
    public const string BasicConstraints = "2.5.29.19";

    /// <summary>cRLNumber, §5.2.3.</summary>
    public const string CrlNumber = "2.5.29.20";

    /// <summary>reasonCode, §5.3.1.</summary>
    public const string ReasonCode = "2.5.29.21";

    /// <summary>invalidityDate, §5.3.2.</summary>
    public const string InvalidityDate = "2.5.29.24";

    /// <summary>deltaCRLIndicator, §5.2.4.</summary>
    public const string DeltaCrlIndicator = "2.5.29.27";

    /// <summary>issuingDistributionPoint, §5.2.5.</summary>
    public const string IssuingDistributionPoint = "2.5.29.28";

    /// <summary>certificateIssuer of a CRL entry, §5.3.3.</summary>
    public const string CertificateIssuer = "2.5.29.29";

    /// <summary>nameConstraints, §4.2.1.10.</summary>
    public const string NameConstraints = "2.5.29.30";

    /// <summary>cRLDistributionPoints, §4.2.1.13.</summary>
    public const string CrlDistributionPoints = "2.5.29.31";

    /// <summary>certificatePolicies, §4.2.1.4.</summary>
    public const string CertificatePolicies = "2.5.29.32";

    /// <summary>policyMappings, §4.2.1.5.</summary>
    public const string PolicyMappings = "2.5.29.33";

    /// <summary>authorityKeyIdentifier, §4.2.1.1.</summary>
    public const string AuthorityKeyIdentifier = "2.5.29.35";

    /// <summary>policyConstraints, §4.2.1.11.</summary>
    public const string PolicyConstraints = "2.5.29.36";

    /// <summary>extKeyUsage, §4.2.1.12.</summary>
    public const string ExtendedKeyUsage = "2.5.29.37";

    /// <summary>freshestCRL, §4.2.1.15 and §5.2.6.</summary>
    public const string FreshestCrl = "2.5.29.46";

    /// <summary>inhibitAnyPolicy, §4.2.1.14.</summary>
    public const string InhibitAnyPolicy = "2.5.29.54";

    /// <summary>authorityInfoAccess, §4.2.2.1.</summary>
    public const string AuthorityInformationAccess = "1.3.6.1.5.5.7.1.1";

    /// <summary>subjectInfoAccess, §4.2.2.2.</summary>
    public const string SubjectInformationAccess = "1.3.6.1.5.5.7.1.11";

    /// <summary>id-pkix-ocsp-nocheck, RFC 6960 §4.2.2.2.1.</summary>
    public const string OcspNoCheck = "1.3.6.1.5.5.7.48.1.5";
}
