namespace MedId.Consent;

/// <summary>On what a transfer or a use rests under Japanese law. A basis is a fact: nothing in this package turns one into another.</summary>
public enum ConsentBasis
{
    /// <summary>The person expressed the will, by an act.</summary>
    Explicit,

    /// <summary>Agreement taken from a notice posted in a medical facility and no reservation (MHLW/PPC guidance IV-9(3)).</summary>
    ImpliedPostedNotice,

    /// <summary>A case of APPI 27(1) i–vii, named by <see cref="AppiException"/>.</summary>
    Exception,

    /// <summary>The recipient processes for the holder (27(5) i).</summary>
    Delegation,

    /// <summary>The recipient takes the business over (27(5) ii).</summary>
    Succession,

    /// <summary>Joint use that was made known beforehand (27(5) iii).</summary>
    JointUse,

    /// <summary>The person asked the holder to hand the data over for them.</summary>
    OnBehalf,

    /// <summary>The opt-out route of 27(2).</summary>
    OptOut,
}
