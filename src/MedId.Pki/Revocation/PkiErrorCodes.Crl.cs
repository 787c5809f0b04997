namespace MedId.Pki;

/// <content>CRLs (RFC 5280 §5, §6.3).</content>
public static partial class PkiErrorCodes
{
    /// <summary>The bytes are not one CRL in DER of the profile of RFC 5280 §5.</summary>
    public const string CrlMalformed = "crl.malformed";

    /// <summary>The CRL has more bytes or entries than allowed.</summary>
    public const string CrlTooLarge = "crl.too_large";

    /// <summary>The CRL, or an entry of it, has a critical extension that is not understood.</summary>
    public const string CrlCriticalExtension = "crl.critical_extension";

    /// <summary>No CRL was given for the certificate's issuer.</summary>
    public const string CrlMissing = "crl.missing";

    /// <summary>The CRLs that were given are about other certificates: another distribution point, another kind of certificate, another issuer.</summary>
    public const string CrlScope = "crl.scope";

    /// <summary>Nobody whom the anchor lets sign CRLs stands behind the CRL's issuer.</summary>
    public const string CrlIssuerNotAuthorised = "crl.issuer_not_authorised";

    /// <summary>The CRL's signature is not its issuer's.</summary>
    public const string CrlSignature = "crl.signature";

    /// <summary>The CRL is signed with an algorithm or key that policy does not allow.</summary>
    public const string CrlAlgorithm = "crl.algorithm";

    /// <summary>The CRL was issued after the reference time, and later evidence was not asked for.</summary>
    public const string CrlNotYetValid = "crl.not_yet_valid";

    /// <summary>The reference time is past the CRL's nextUpdate, or the CRL is older than policy allows.</summary>
    public const string CrlStale = "crl.stale";

    /// <summary>The usable CRLs do not cover every reason a certificate may be revoked for.</summary>
    public const string CrlReasonsIncomplete = "crl.reasons_incomplete";

    /// <summary>The CRL was issued after the certificate expired and does not say that it keeps expired certificates.</summary>
    public const string CrlExpiredCertificate = "crl.expired_certificate";

    /// <summary>The CRL's number is lower than that of one seen before.</summary>
    public const string CrlRollback = "crl.rollback";
}
