namespace MedId.Core;

/// <summary>In what relation somebody consents for a person (row A14).</summary>
public enum ProxyRelationship
{
    /// <summary>A parent, or who has parental authority, for a minor.</summary>
    Parent,

    /// <summary>A guardian appointed by law or court.</summary>
    Guardian,

    /// <summary>An agent whom the person named.</summary>
    Agent,
}
