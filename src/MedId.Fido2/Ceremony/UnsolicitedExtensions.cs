namespace MedId.Fido2;

/// <summary>What becomes of the outputs of extensions that were not requested (WebAuthn L3 §7.1 step 28, §7.2 step 23).</summary>
public enum UnsolicitedExtensions
{
    /// <summary>They are passed over.</summary>
    Ignore,

    /// <summary>The response is refused.</summary>
    Refuse,
}
