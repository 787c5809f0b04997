namespace MedId.Fido.Uaf;

/// <summary>Which status code goes over the wire for a refusal.</summary>
public enum UafStatusMode
{
    /// <summary>The code that says most: helps the client, tells an attacker a little.</summary>
    Specific,

    /// <summary>1498 for every refused response, as the FIDO conformance tests expect.</summary>
    Conformance,
}
