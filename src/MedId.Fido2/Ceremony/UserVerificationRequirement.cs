namespace MedId.Fido2;

/// <summary>What the relying party asks of user verification (WebAuthn L3 §5.8.6).</summary>
public enum UserVerificationRequirement
{
    /// <summary>A response without it is refused.</summary>
    Required,

    /// <summary>Wanted, and not refused without.</summary>
    Preferred,

    /// <summary>Not wanted; ignored where it happens.</summary>
    Discouraged,
}
