namespace MedId.Fido2;

/// <summary>What was found about the trust in an attestation.</summary>
public enum AttestationTrustStatus
{
    /// <summary>There was nothing to judge (none, self), or nothing to judge it by.</summary>
    NotJudged,

    /// <summary>It does not come from where policy trusts, or policy does not take its type.</summary>
    NotTrusted,

    /// <summary>It comes from somebody whom policy trusts.</summary>
    Trusted,
}
