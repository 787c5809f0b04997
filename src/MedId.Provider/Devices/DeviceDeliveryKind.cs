namespace MedId.Provider;

/// <summary>What a channel said about an announcement.</summary>
public enum DeviceDeliveryKind
{
    /// <summary>The channel took it. That is no receipt: the device may be off.</summary>
    Sent,

    /// <summary>The address reaches nobody any more: it is cleared from the device, and the announcement goes elsewhere.</summary>
    Unregistered,

    /// <summary>The channel did not take it now and may take it later.</summary>
    TryAgain,

    /// <summary>The channel does not take it, now or later: a mistake of the operator's. The address stays, the announcement goes elsewhere.</summary>
    Refused,
}
