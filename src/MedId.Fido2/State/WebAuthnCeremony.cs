namespace MedId.Fido2;

/// <summary>Which ceremony a state belongs to.</summary>
public enum WebAuthnCeremony
{
    /// <summary>WebAuthn L3 §7.1.</summary>
    Registration,

    /// <summary>WebAuthn L3 §7.2.</summary>
    Authentication,
}
