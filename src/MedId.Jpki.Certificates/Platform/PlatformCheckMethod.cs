namespace MedId.Jpki.Certificates;

/// <summary>How the platform operator learns about revocation.</summary>
public enum PlatformCheckMethod
{
    /// <summary>From the CRL files, which are replaced daily: may be yesterday's.</summary>
    Crl,

    /// <summary>By OCSP: today's.</summary>
    Ocsp,
}
