namespace MedId.Consent;

/// <summary>What protects a transfer out of the EEA.</summary>
public enum TransferSafeguard
{
    /// <summary>Nothing of GDPR chapter V.</summary>
    None,

    /// <summary>An adequacy decision (45).</summary>
    Adequacy,

    /// <summary>Appropriate safeguards (46, 47).</summary>
    Safeguards,
}
