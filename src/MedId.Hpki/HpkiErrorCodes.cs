namespace MedId.Hpki;

/// <summary>The codes of refusals by this package. A refused path keeps the code of MedId.Pki.</summary>
public static class HpkiErrorCodes
{
    /// <summary>The bytes are no certificate.</summary>
    public const string CertificateMalformed = "hpki.certificate_malformed";

    /// <summary>The certificate has no policy, several, or one that the table does not know.</summary>
    public const string PolicyUnknown = "hpki.policy_unknown";

    /// <summary>The row of the certificate's policy is not verified, or not in its time.</summary>
    public const string PolicyNotVerified = "hpki.policy_not_verified";

    /// <summary>The certificate is a test certificate (level 0).</summary>
    public const string TestPolicy = "hpki.test_policy";

    /// <summary>The certificate is for another use than the one needed.</summary>
    public const string UseMismatch = "hpki.use_mismatch";

    /// <summary>The issuing CA is not one of the certificate's use.</summary>
    public const string IssuerPolicyMismatch = "hpki.issuer_policy_mismatch";

    /// <summary>keyUsage does not fit the use, or the certificate is one of a CA.</summary>
    public const string KeyUsageMismatch = "hpki.key_usage_mismatch";

    /// <summary>The subjectDirectoryAttributes extension is not strict DER of hcRole.</summary>
    public const string RoleMalformed = "hpki.role_malformed";

    /// <summary>An administrator's role and the subject's O and OU contradict each other.</summary>
    public const string AdministratorInconsistent = "hpki.administrator_inconsistent";

    /// <summary>No granted role may ask for one of the scopes.</summary>
    public const string ScopeNotGranted = "hpki.scope_not_granted";

    /// <summary>The certificate names no national qualification that is verified or confirmed.</summary>
    public const string RoleNotGranted = "hpki.role_not_granted";

    /// <summary>A doctor's own evidence is not of the form that is read.</summary>
    public const string EvidenceMalformed = "hpki.evidence_malformed";

    /// <summary>A doctor's own evidence is not signed by the key of its certificate with an allowed algorithm.</summary>
    public const string EvidenceSignature = "hpki.evidence_signature";

    /// <summary>A doctor's own evidence was made for another OP or another client.</summary>
    public const string EvidenceForeign = "hpki.evidence_foreign";

    /// <summary>A doctor's own evidence is expired, from the future, or good for too long.</summary>
    public const string EvidenceExpired = "hpki.evidence_expired";

    /// <summary>The document type is unknown, or the signer has no role that signs it.</summary>
    public const string DocumentRole = "hpki.document_role";

    /// <summary>A bare signature is not one by the certificate's key with an allowed algorithm.</summary>
    public const string Signature = "hpki.signature";
}
