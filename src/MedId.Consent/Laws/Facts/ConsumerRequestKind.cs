namespace MedId.Consent;

/// <summary>What a Californian consumer asked for.</summary>
public enum ConsumerRequestKind
{
    /// <summary>To know.</summary>
    Know,

    /// <summary>To delete.</summary>
    Delete,

    /// <summary>To correct.</summary>
    Correct,

    /// <summary>To stop sale or sharing.</summary>
    OptOut,

    /// <summary>To limit the use of sensitive data.</summary>
    Limit,
}
