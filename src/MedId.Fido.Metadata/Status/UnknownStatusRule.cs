namespace MedId.Fido.Metadata;

/// <summary>What a status means that this release does not know.</summary>
public enum UnknownStatusRule
{
    /// <summary>Nothing, as the standard asks of servers (FIDO MDS 3.0 §3.1.4); the decision lists it.</summary>
    Ignore = 0,

    /// <summary>The model is refused.</summary>
    Refuse,
}
