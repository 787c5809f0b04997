namespace MedId.Provider;

/// <summary>What a person chose for the case that the device to be revoked is the last one that may act.</summary>
public enum LastDeviceChoice
{
    /// <summary>Nothing: the last one is kept, and the revocation refused.</summary>
    Keep,

    /// <summary>None shall be left; the person comes to the desk for another one.</summary>
    LeaveNone,

    /// <summary>A ticket for another one is issued in the same step.</summary>
    IssueTicket,
}
