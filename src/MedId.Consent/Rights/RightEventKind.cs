namespace MedId.Consent;

/// <summary>What happens to a request for a right, or to a duty.</summary>
public enum RightEventKind
{
    /// <summary>The person was told within the first term that it takes longer, and why.</summary>
    Extended = 0,

    /// <summary>It was done, and the person told.</summary>
    Done = 1,

    /// <summary>It was refused, and the person told why.</summary>
    Refused = 2,
}
