namespace MedId.Pki;

/// <summary>Why a certificate was revoked: CRLReason of RFC 5280 §5.3.1. The value 7 is not used there.</summary>
public enum CrlReason
{
    /// <summary>No reason is given; the same as no reason at all.</summary>
    Unspecified = 0,

    /// <summary>The holder's private key is known or suspected to be in other hands.</summary>
    KeyCompromise = 1,

    /// <summary>The private key of the CA is known or suspected to be in other hands.</summary>
    CaCompromise = 2,

    /// <summary>A name or another attribute in the certificate changed. JPKI: moved, renamed.</summary>
    AffiliationChanged = 3,

    /// <summary>The certificate was replaced.</summary>
    Superseded = 4,

    /// <summary>The certificate is no longer needed.</summary>
    CessationOfOperation = 5,

    /// <summary>Suspended; the only reason that may be taken back.</summary>
    CertificateHold = 6,

    /// <summary>Delta CRLs only: the entry of the base CRL is taken back, or the certificate expired.</summary>
    RemoveFromCrl = 8,

    /// <summary>A privilege that the certificate states was withdrawn.</summary>
    PrivilegeWithdrawn = 9,

    /// <summary>The private key of an attribute authority is known or suspected to be in other hands.</summary>
    AaCompromise = 10,
}
