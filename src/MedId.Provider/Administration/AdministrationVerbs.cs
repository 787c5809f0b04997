using System.Collections.Frozen;

namespace MedId.Provider;

/// <summary>The verbs of the administration API, as <see cref="AdministrationOptions.Roles"/> and the audit trail name them, each with the role that it asks for.</summary>
public static class AdministrationVerbs
{
    /// <summary>Look at clients and resource servers.</summary>
    public const string ReadClients = "clients-read";

    /// <summary>Register, change, suspend, resume or remove a client or resource server.</summary>
    public const string ChangeClients = "clients-change";

    /// <summary>Make a new secret.</summary>
    public const string RotateSecrets = "secrets-rotate";

    /// <summary>Look at signing keys.</summary>
    public const string ReadKeys = "keys-read";

    /// <summary>Generate, import, promote, retire or revoke a signing key.</summary>
    public const string ChangeKeys = "keys-change";

    /// <summary>Look at trust data.</summary>
    public const string ReadTrust = "trust-read";

    /// <summary>Replace or remove trust data.</summary>
    public const string ChangeTrust = "trust-change";

    /// <summary>Find a person and look at how account, devices and consents stand.</summary>
    public const string ReadUsers = "users-read";

    /// <summary>Suspend and resume people and devices, revoke devices, note a loss.</summary>
    public const string ChangeUsers = "users-change";

    /// <summary>Withdraw a consent on the person's written order.</summary>
    public const string WithdrawConsents = "consents-withdraw";

    /// <summary>Look at waiting requests.</summary>
    public const string ReadRequests = "requests-read";

    /// <summary>Cancel a waiting request.</summary>
    public const string CancelRequests = "requests-cancel";

    /// <summary>Read and verify the audit trail.</summary>
    public const string ReadAudit = "audit-read";

    /// <summary>Look at the kill switch.</summary>
    public const string ReadSwitches = "switches-read";

    /// <summary>Engage and release the kill switch.</summary>
    public const string ChangeSwitches = "switches-change";

    /// <summary>Every verb with the role that it asks for when nothing else is configured.</summary>
    public static IReadOnlyDictionary<string, AdministrationRole> Defaults { get; } = new Dictionary<string, AdministrationRole>(StringComparer.Ordinal)
    {
        [ReadClients] = AdministrationRole.Read,
        [ChangeClients] = AdministrationRole.Operate,
        [RotateSecrets] = AdministrationRole.Operate,
        [ReadKeys] = AdministrationRole.Security,
        [ChangeKeys] = AdministrationRole.Security,
        [ReadTrust] = AdministrationRole.Read,
        [ChangeTrust] = AdministrationRole.Security,
        [ReadUsers] = AdministrationRole.Read,
        [ChangeUsers] = AdministrationRole.Operate,
        [WithdrawConsents] = AdministrationRole.Operate,
        [ReadRequests] = AdministrationRole.Read,
        [CancelRequests] = AdministrationRole.Operate,
        [ReadAudit] = AdministrationRole.Security,
        [ReadSwitches] = AdministrationRole.Read,
        [ChangeSwitches] = AdministrationRole.Security,
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
