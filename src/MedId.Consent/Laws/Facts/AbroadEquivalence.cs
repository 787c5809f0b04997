namespace MedId.Consent;

/// <summary>Why a recipient abroad needs no separate consent under APPI 28(1).</summary>
public enum AbroadEquivalence
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The country is equal by rule.</summary>
    Country,

    /// <summary>The recipient keeps an equal system.</summary>
    System,
}
