namespace MedId.Consent;

/// <summary>The basis of GDPR 6(1).</summary>
public enum GdprBasis
{
    /// <summary>(a).</summary>
    Consent,

    /// <summary>(b).</summary>
    Contract,

    /// <summary>(c).</summary>
    LegalObligation,

    /// <summary>(d).</summary>
    VitalInterest,

    /// <summary>(e).</summary>
    PublicTask,

    /// <summary>(f).</summary>
    LegitimateInterest,

    /// <summary>None is recorded.</summary>
    None,
}
