namespace MedId.Hpki;

/// <summary>Object identifiers of HPKI.</summary>
public static class HpkiOids
{
    /// <summary>The hcRole attribute (ISO 17090-2, id-hcpki-at-healthcareactor).</summary>
    public const string HealthcareActor = "1.0.17090.0.1";

    /// <summary>The coding scheme of the national qualifications, version 1 (id-jhpki-cdata).</summary>
    public const string NationalQualifications = "1.2.392.100495.1.6.1.1";

    /// <summary>The arc of the certificate policies; use, assurance level and version follow.</summary>
    public const string CertificatePolicies = "1.2.392.100495.1.5.1";

    /// <summary>The subjectDirectoryAttributes extension (RFC 5280 §4.2.1.8), which carries hcRole.</summary>
    public const string SubjectDirectoryAttributes = "2.5.29.9";
}
