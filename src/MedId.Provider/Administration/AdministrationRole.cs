namespace MedId.Provider;

/// <summary>What an operator may do; one does not contain another.</summary>
public enum AdministrationRole
{
    /// <summary>Look at clients, trust data, and how people, devices, consents and requests stand.</summary>
    Read,

    /// <summary>Change clients, trust data, people's accounts and devices; end consents and requests.</summary>
    Operate,

    /// <summary>Keys, the kill switch and the audit trail.</summary>
    Security,
}
