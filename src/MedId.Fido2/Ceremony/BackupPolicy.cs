namespace MedId.Fido2;

/// <summary>Which credentials the relying party accepts by their backup flags (WebAuthn L3 §6.1.3).</summary>
public enum BackupPolicy
{
    /// <summary>All of them.</summary>
    Any,

    /// <summary>Only those that cannot leave their authenticator (BE 0).</summary>
    RequireDeviceBound,

    /// <summary>Only those that can be backed up (BE 1).</summary>
    RequireEligible,

    /// <summary>Only those that are backed up now (BE 1, BS 1).</summary>
    RequireBackedUp,
}
