namespace MedId.Pki;

/// <summary>The codes that this package refuses certificates, paths and revocation evidence with.</summary>
public static partial class PkiErrorCodes
{
    /// <summary>Not one certificate in DER by the profile of RFC 5280 §4.</summary>
    public const string CertificateMalformed = "pki.certificate_malformed";

    /// <summary>More bytes than a certificate may have.</summary>
    public const string CertificateTooLarge = "pki.certificate_too_large";

    /// <summary>Not one name in DER, or not the text of one.</summary>
    public const string NameMalformed = "pki.name_malformed";

    /// <summary>No anchor was given, or none stands above the certificate: nobody who is known has its issuer's name.</summary>
    public const string NoPath = "pki.no_path";

    /// <summary>The search for a path was ended by its limits.</summary>
    public const string PathLimit = "pki.path_limit";

    /// <summary>The issuer's key did not make the certificate's signature.</summary>
    public const string Signature = "pki.signature";

    /// <summary>Policy does not allow the signature's algorithm or the size of the issuer's key, at that time.</summary>
    public const string AlgorithmNotAllowed = "pki.algorithm_not_allowed";

    /// <summary>The signature's algorithm, or the kind of the issuer's key, is not known here.</summary>
    public const string AlgorithmUnsupported = "pki.algorithm_unsupported";

    /// <summary>The issuer's key cannot be read.</summary>
    public const string KeyUnusable = "pki.key_unusable";

    /// <summary>The reference time is before the certificate's validity.</summary>
    public const string NotYetValid = "pki.not_yet_valid";

    /// <summary>The reference time is after the certificate's validity.</summary>
    public const string Expired = "pki.expired";

    /// <summary>The reference time is outside the validity of the anchor's certificate.</summary>
    public const string AnchorNotValid = "pki.anchor_not_valid";

    /// <summary>A certificate of the path is revoked or on hold.</summary>
    public const string Revoked = "pki.revoked";

    /// <summary>Whether a certificate of the path is revoked cannot be said: evidence is missing, stale or unusable.</summary>
    public const string RevocationUnknown = "pki.revocation_unknown";

    /// <summary>A name lies outside the subtrees that a CA above is permitted.</summary>
    public const string NameNotPermitted = "pki.name_not_permitted";

    /// <summary>A name lies in a subtree from which a CA above is excluded.</summary>
    public const string NameExcluded = "pki.name_excluded";

    /// <summary>A name constraint that cannot be applied: its form, or bounds, with a name of that form below it.</summary>
    public const string NameConstraintUnsupported = "pki.name_constraint_unsupported";

    /// <summary>No policy is left that is valid for the whole path and acceptable here, and one is required.</summary>
    public const string PolicyRequired = "pki.policy_required";

    /// <summary>A CA maps anyPolicy, from it or to it.</summary>
    public const string PolicyMappingInvalid = "pki.policy_mapping_invalid";

    /// <summary>A certificate that issued another is not one of a CA.</summary>
    public const string NotACa = "pki.not_a_ca";

    /// <summary>More CAs stand below a CA than it allows.</summary>
    public const string PathLengthConstraint = "pki.path_length_constraint";

    /// <summary>A CA's key is not for signing certificates, or the target's key is not for what is asked.</summary>
    public const string KeyUsage = "pki.key_usage";

    /// <summary>The target's key is not for the purpose asked for.</summary>
    public const string ExtendedKeyUsage = "pki.extended_key_usage";

    /// <summary>A critical extension that is not understood, or not where it stands.</summary>
    public const string CriticalExtension = "pki.critical_extension";
}
