namespace MedId.Provider;

/// <summary>What can happen to an account (ISO/IEC 24760-1).</summary>
public enum AccountEvent
{
    /// <summary>An established account is to be used.</summary>
    Activate,

    /// <summary>It is to be stopped for the time being.</summary>
    Suspend,

    /// <summary>A suspended account is to be used again.</summary>
    Reactivate,

    /// <summary>The person has left: all devices are unbound in the same step.</summary>
    Archive,

    /// <summary>The person is back: the account has to be activated again, with a new device.</summary>
    Restore,
}
