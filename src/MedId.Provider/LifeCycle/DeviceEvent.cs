namespace MedId.Provider;

/// <summary>What can happen to an enrolled device.</summary>
public enum DeviceEvent
{
    /// <summary>It is to be stopped for the time being.</summary>
    Suspend,

    /// <summary>A suspended device is to be used again.</summary>
    Resume,

    /// <summary>It is lost or stolen.</summary>
    ReportLost,

    /// <summary>A lost device was found. It was out of its owner's hands, so it is suspended until it is resumed.</summary>
    Found,

    /// <summary>Its end by policy has come.</summary>
    Expire,

    /// <summary>Another device was enrolled in its place.</summary>
    Replace,

    /// <summary>It is to be unbound for good.</summary>
    Revoke,

    /// <summary>Its signature counter did not move on: there may be a copy of its key.</summary>
    SuspectClone,
}
