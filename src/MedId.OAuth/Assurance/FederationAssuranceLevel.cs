namespace MedId.OAuth;

/// <summary>How well an assertion about a person reached its reader. A level means something within its edition only.</summary>
public enum FederationAssuranceLevel
{
    /// <summary>No level is reached.</summary>
    None,

    /// <summary>FAL1.</summary>
    Fal1,

    /// <summary>FAL2.</summary>
    Fal2,

    /// <summary>FAL3.</summary>
    Fal3,
}
