namespace MedId.Fido2;

/// <summary>What a signature counter says (WebAuthn L3 §6.1.1).</summary>
public enum CounterVerdict
{
    /// <summary>It advanced.</summary>
    Advanced,

    /// <summary>The authenticator has none: stored and received are 0.</summary>
    NotSupported,

    /// <summary>It stood still or went back: the authenticator may be a copy, or two answers crossed.</summary>
    NotAdvanced,
}
