namespace MedId.Pki;

/// <summary>What has to be known about the revocation of a delegated responder's certificate (RFC 6960 §4.2.2.2.1).</summary>
public enum ResponderRevocation
{
    /// <summary>
    /// What the certificate asks for: nothing with id-pkix-ocsp-nocheck; a CRL that proves it good when it names a place of revocation (a distribution point or a
    /// responder); nothing when its CA chose to name none.
    /// </summary>
    AsCertificateSays = 0,

    /// <summary>id-pkix-ocsp-nocheck, or a CRL that proves it good.</summary>
    Required = 1,
}
