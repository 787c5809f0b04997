namespace MedId.Core;

/// <summary>An authenticator assurance level. Meaningful only beside its <see cref="AssuranceEdition"/>; ordered within one edition.</summary>
public enum AuthenticatorAssuranceLevel
{
    /// <summary>No claim. A relying party must not read it as level 1 (SP 800-63C-4 §2.5).</summary>
    None = 0,

    /// <summary>AAL1.</summary>
    Aal1 = 1,

    /// <summary>AAL2.</summary>
    Aal2 = 2,

    /// <summary>AAL3.</summary>
    Aal3 = 3,
}
