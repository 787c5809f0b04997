namespace MedId.Ciba.Server;

/// <summary>The stored state of a backchannel authentication request. Expiry is computed from time, not stored.</summary>
public enum CibaStatus
{
    /// <summary>Nobody has decided.</summary>
    Pending,

    /// <summary>Approved; tokens may be redeemed once.</summary>
    Approved,

    /// <summary>Refused by the person or by policy.</summary>
    Denied,

    /// <summary>Tokens were redeemed.</summary>
    Redeemed,
}
