namespace MedId.Jpki.Certificates;

/// <summary>The codes that this package refuses untrusted input with. Refusals of the path (<c>pki.*</c>, <c>crl.*</c>, <c>ocsp.*</c>) pass through as they are.</summary>
public static class JpkiErrorCodes
{
    /// <summary>A signing certificate lacks one of the basic four attributes or its flags.</summary>
    public const string AttributeMissing = "jpki.attribute_missing";

    /// <summary>An attribute is there twice.</summary>
    public const string AttributeDuplicate = "jpki.attribute_duplicate";

    /// <summary>An attribute is not of the form that the profile gives it.</summary>
    public const string AttributeMalformed = "jpki.attribute_malformed";

    /// <summary>An authentication certificate carries personal attributes, which it never does.</summary>
    public const string AttributeUnexpected = "jpki.attribute_unexpected";

    /// <summary>A table of dated data is not of the form that this release reads.</summary>
    public const string DataMalformed = "jpki.data_malformed";

    /// <summary>No legal standing is configured.</summary>
    public const string StandingMissing = "jpki.standing_missing";

    /// <summary>This standing has every check made by a platform operator.</summary>
    public const string StandingRequiresPlatform = "jpki.standing_requires_platform";

    /// <summary>This standing has no platform operator check for it.</summary>
    public const string StandingWithoutPlatform = "jpki.standing_without_platform";

    /// <summary>Under this standing the item may not be kept.</summary>
    public const string RetentionRefused = "jpki.retention_refused";

    /// <summary>Under this standing the item may be kept encrypted only, and there is no cipher.</summary>
    public const string RetentionUnencrypted = "jpki.retention_unencrypted";

    /// <summary>The certificate was not issued under the name of a JPKI authority.</summary>
    public const string IssuerNotAccepted = "jpki.issuer_not_accepted";

    /// <summary>The certificate is of the test hierarchy, which was not asked for.</summary>
    public const string TestHierarchy = "jpki.test_hierarchy";

    /// <summary>The certificate's policy is not that of a JPKI certificate of its issuer.</summary>
    public const string PolicyNotAccepted = "jpki.policy_not_accepted";

    /// <summary>What is known of this kind of certificate is not verified, or not published, and was not confirmed by the operator.</summary>
    public const string ProfileNotVerified = "jpki.profile_not_verified";

    /// <summary>The certificate is for the other use: signing and authentication are never interchanged.</summary>
    public const string UseMismatch = "jpki.use_mismatch";

    /// <summary>Key usage, extended key usage or basic constraints are not those of the profile.</summary>
    public const string KeyUsage = "jpki.key_usage";

    /// <summary>The certificate's key is of a kind or size that no profile has.</summary>
    public const string KeyNotAccepted = "jpki.key_not_accepted";

    /// <summary>Revocation was not asked about, so that nothing can be accepted.</summary>
    public const string RevocationRequired = "jpki.revocation_required";

    /// <summary>The signature was not made by the certificate's key over this data.</summary>
    public const string SignatureInvalid = "jpki.signature_invalid";

    /// <summary>The signature uses a hash that is not accepted; cards sign whatever digest they are given, SHA-1 too.</summary>
    public const string HashNotAccepted = "jpki.hash_not_accepted";

    /// <summary>The serial number is negative, zero or longer than 20 bytes.</summary>
    public const string SerialNotAccepted = "jpki.serial_not_accepted";

    /// <summary>What was signed is not a form that can be read.</summary>
    public const string FormUnreadable = "jpki.form_unreadable";

    /// <summary>The form lacks an attribute that has to be compared.</summary>
    public const string FormIncomplete = "jpki.form_incomplete";

    /// <summary>The form states another value than the certificate.</summary>
    public const string FormDifferent = "jpki.form_different";

    /// <summary>Whether the form states what the register has cannot be said; a person has to look.</summary>
    public const string FormUndecidable = "jpki.form_undecidable";

    /// <summary>The form does not carry the nonce that was issued for it.</summary>
    public const string FormNonceMismatch = "jpki.form_nonce_mismatch";

    /// <summary>Whether certificates are one person's could not be asked.</summary>
    public const string LinkUnavailable = "jpki.link_unavailable";

    /// <summary>One person's certificates lead to two accounts.</summary>
    public const string LinkConflict = "jpki.link_conflict";

    /// <summary>The person's consent to the latest attributes does not hold at this time.</summary>
    public const string ConsentNotInTime = "jpki.consent_not_in_time";

    /// <summary>The service does not have the person's consent, or no longer.</summary>
    public const string ConsentWithdrawn = "jpki.consent_withdrawn";

    /// <summary>There are no latest attributes: the old certificate ended and no new one is issued.</summary>
    public const string AttributesNotAvailable = "jpki.attributes_not_available";

    /// <summary>The attributes do not prove the claim.</summary>
    public const string ClaimNotProven = "jpki.claim_not_proven";

    /// <summary>The platform operator says that the certificate is revoked.</summary>
    public const string CertificateRevoked = "jpki.certificate_revoked";

    /// <summary>The platform operator says that the certificate has expired.</summary>
    public const string CertificateExpired = "jpki.certificate_expired";

    /// <summary>The platform operator's answer is not of the form that it published.</summary>
    public const string PlatformMalformed = "jpki.platform_malformed";

    /// <summary>The platform operator's answer is about something else than was asked.</summary>
    public const string PlatformMismatch = "jpki.platform_mismatch";

    /// <summary>The platform operator's revocation information is older than allowed, or from the future.</summary>
    public const string PlatformStale = "jpki.platform_stale";

    /// <summary>The platform operator did not take the question.</summary>
    public const string PlatformRefused = "jpki.platform_refused";

    /// <summary>The platform operator does not take this certificate, or no JPKI authority issued it.</summary>
    public const string PlatformUnsupportedCertificate = "jpki.platform_unsupported_certificate";

    /// <summary>The challenge, or the sign-in, was made for another audience.</summary>
    public const string AudienceMismatch = "jpki.audience_mismatch";
}
