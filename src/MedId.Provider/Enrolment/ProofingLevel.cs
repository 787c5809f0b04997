namespace MedId.Provider;

/// <summary>How well a person was checked before a device was bound: the OP's own scale, in order. The numbers are stored and do not change.</summary>
public enum ProofingLevel
{
    /// <summary>Nothing is said.</summary>
    Unstated = 0,

    /// <summary>What the person said, or possession of a mail address or telephone number.</summary>
    Basic = 1,

    /// <summary>Documents were checked, on the spot or remotely, or an enrolled device of that level acted.</summary>
    Substantial = 2,

    /// <summary>A chip with the person's own key, or a photo document on the spot whose chip was read.</summary>
    High = 3,
}
