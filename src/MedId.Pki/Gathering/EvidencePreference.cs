namespace MedId.Pki;

/// <summary>Which evidence is asked for where a certificate names both.</summary>
public enum EvidencePreference
{
    /// <summary>OCSP, and the CRL where that gives no answer.</summary>
    OcspThenCrl = 0,

    /// <summary>The CRL, and OCSP where that gives no answer; what a clinic asks for that does not want each sign-in to be seen.</summary>
    CrlThenOcsp = 1,

    /// <summary>Both.</summary>
    Both = 2,

    /// <summary>OCSP alone.</summary>
    OcspOnly = 3,

    /// <summary>CRLs alone.</summary>
    CrlOnly = 4,
}
