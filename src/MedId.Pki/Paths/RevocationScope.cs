namespace MedId.Pki;

/// <summary>For which certificates of a path it has to be proven that they are not revoked.</summary>
public enum RevocationScope
{
    /// <summary>For none. Evidence that is there and says revoked refuses all the same.</summary>
    None = 0,

    /// <summary>For the target.</summary>
    Leaf = 1,

    /// <summary>For every certificate below the anchor.</summary>
    Chain = 2,
}
