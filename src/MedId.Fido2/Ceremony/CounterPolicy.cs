namespace MedId.Fido2;

/// <summary>What becomes of a signature counter that did not advance (WebAuthn L3 §7.2 step 22).</summary>
public enum CounterPolicy
{
    /// <summary>The evidence reports a suspected copy; the relying party decides.</summary>
    Report,

    /// <summary>The response is refused.</summary>
    Refuse,
}
