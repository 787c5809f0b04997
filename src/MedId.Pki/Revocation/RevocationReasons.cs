namespace MedId.Pki;

/// <summary>A set of revocation reasons: ReasonFlags of RFC 5280 §4.2.1.13, the bits of a distribution point and of <c>onlySomeReasons</c>.</summary>
[Flags]
public enum RevocationReasons
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>keyCompromise (1).</summary>
    KeyCompromise = 1 << 1,

    /// <summary>cACompromise (2).</summary>
    CaCompromise = 1 << 2,

    /// <summary>affiliationChanged (3).</summary>
    AffiliationChanged = 1 << 3,

    /// <summary>superseded (4).</summary>
    Superseded = 1 << 4,

    /// <summary>cessationOfOperation (5).</summary>
    CessationOfOperation = 1 << 5,

    /// <summary>certificateHold (6).</summary>
    CertificateHold = 1 << 6,

    /// <summary>privilegeWithdrawn (7).</summary>
    PrivilegeWithdrawn = 1 << 7,

    /// <summary>aACompromise (8).</summary>
    AaCompromise = 1 << 8,

    /// <summary>Every reason; what a CRL without <c>onlySomeReasons</c> covers, and what has to be covered before a certificate is good (§6.3.3).</summary>
    All = KeyCompromise | CaCompromise | AffiliationChanged | Superseded | CessationOfOperation | CertificateHold | PrivilegeWithdrawn | AaCompromise,
}
