namespace MedId.Provider;

/// <summary>How an enrolled device stands. Only <see cref="Active"/> may act; the numbers are stored and do not change.</summary>
public enum DeviceState
{
    /// <summary>In use.</summary>
    Active = 0,

    /// <summary>Stopped for the time being, by the person, the desk, or because a copy of its key is suspected.</summary>
    Suspended = 1,

    /// <summary>Reported lost or stolen.</summary>
    Lost = 2,

    /// <summary>Past the end that the OP's policy gave it.</summary>
    Expired = 3,

    /// <summary>Unbound by a device that was enrolled in its place.</summary>
    Replaced = 4,

    /// <summary>Unbound for good.</summary>
    Revoked = 5,
}
