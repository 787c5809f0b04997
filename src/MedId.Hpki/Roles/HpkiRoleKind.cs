namespace MedId.Hpki;

/// <summary>What kind of thing a role text names.</summary>
public enum HpkiRoleKind
{
    /// <summary>Not in the role table, or under another coding scheme.</summary>
    Unknown = 0,

    /// <summary>A national qualification: physician, pharmacist and so on.</summary>
    Qualification = 1,

    /// <summary>A person responsible for an institution. It is no qualification: a director of a hospital is not thereby a physician.</summary>
    Administrator = 2,
}
