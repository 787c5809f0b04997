namespace MedId.Provider;

/// <summary>What is waited for.</summary>
public enum CeremonyKind
{
    /// <summary>Enrol a device with a ticket.</summary>
    Enrol,

    /// <summary>Prove the enrolled key in order to see one request.</summary>
    Open,

    /// <summary>Prove the enrolled key in order to see the consent history.</summary>
    SignIn,

    /// <summary>The last act: sign the digest of notice and choice.</summary>
    Consent,

    /// <summary>Sign an application form with the nonce that was given.</summary>
    Apply,

    /// <summary>Choose from a consent that is being composed beforehand; no act of a device yet.</summary>
    Compose,

    /// <summary>The last act of a consent given beforehand: sign the digest of its notice and choice.</summary>
    Standing,

    /// <summary>Sign the digest of the notice by which the person names an agent.</summary>
    Appoint,
}
