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
}
