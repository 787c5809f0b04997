namespace MedId.Pki;

/// <summary>What is asked for.</summary>
public enum EvidenceKind
{
    /// <summary>The certificate of an issuer, from caIssuers of authorityInfoAccess (RFC 5280 §4.2.2.1).</summary>
    IssuerCertificate,

    /// <summary>A complete CRL, from a distribution point (§4.2.1.13).</summary>
    Crl,

    /// <summary>A delta CRL, from a freshest-CRL point (§4.2.1.15, §5.2.6).</summary>
    DeltaCrl,

    /// <summary>An OCSP response (RFC 6960 Appendix A.1).</summary>
    Ocsp,
}
