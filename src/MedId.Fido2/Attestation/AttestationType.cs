namespace MedId.Fido2;

/// <summary>What an attestation statement rests on (WebAuthn L3 §6.5.3).</summary>
public enum AttestationType
{
    /// <summary>Nothing: anybody could have made the registration.</summary>
    None,

    /// <summary>The credential's own key: possession of it is proven, and nothing about the authenticator.</summary>
    Self,

    /// <summary>A key and certificate of the model, or of an attestation authority where the format cannot tell the two apart.</summary>
    Basic,

    /// <summary>A certificate that an attestation authority issued to this one authenticator (TPM).</summary>
    AttCa,

    /// <summary>A certificate that an anonymisation authority issued for this one credential (Apple).</summary>
    AnonCa,
}
