namespace MedId.Consent;

/// <summary>The case of GDPR 9(2) that opens special categories.</summary>
public enum GdprArticle9Case
{
    /// <summary>(a).</summary>
    ExplicitConsent,

    /// <summary>(b).</summary>
    EmploymentSocial,

    /// <summary>(c).</summary>
    VitalInterest,

    /// <summary>(d).</summary>
    Association,

    /// <summary>(e).</summary>
    MadePublic,

    /// <summary>(f).</summary>
    LegalClaim,

    /// <summary>(g).</summary>
    SubstantialPublicInterest,

    /// <summary>(h): care, under professional secrecy.</summary>
    Care,

    /// <summary>(i).</summary>
    PublicHealth,

    /// <summary>(j).</summary>
    Research,

    /// <summary>None is recorded.</summary>
    None,
}
