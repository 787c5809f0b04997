using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// The life cycle of an enrolled device as data (row C5): every state with every event. Every store decides by this table inside its atomic verb, so all stores answer the same.
/// </summary>
public static class DeviceTransitions
{
    private const string Section = "MedId walk, life cycle of devices";

    // What is not named here is refused with the code of the state in which the device is.
    private static readonly TransitionTable<DeviceState, DeviceEvent> _table = new(
    [
        (DeviceState.Active, DeviceEvent.Suspend, DeviceState.Suspended),
        (DeviceState.Active, DeviceEvent.ReportLost, DeviceState.Lost),
        (DeviceState.Active, DeviceEvent.Expire, DeviceState.Expired),
        (DeviceState.Active, DeviceEvent.Replace, DeviceState.Replaced),
        (DeviceState.Active, DeviceEvent.Revoke, DeviceState.Revoked),
        (DeviceState.Active, DeviceEvent.SuspectClone, DeviceState.Suspended),
        (DeviceState.Suspended, DeviceEvent.Resume, DeviceState.Active),
        (DeviceState.Suspended, DeviceEvent.ReportLost, DeviceState.Lost),
        (DeviceState.Suspended, DeviceEvent.Expire, DeviceState.Expired),
        (DeviceState.Suspended, DeviceEvent.Replace, DeviceState.Replaced),
        (DeviceState.Suspended, DeviceEvent.Revoke, DeviceState.Revoked),
        (DeviceState.Lost, DeviceEvent.Found, DeviceState.Suspended),
        (DeviceState.Lost, DeviceEvent.Replace, DeviceState.Replaced),
        (DeviceState.Lost, DeviceEvent.Revoke, DeviceState.Revoked),
        (DeviceState.Expired, DeviceEvent.ReportLost, DeviceState.Lost),
        (DeviceState.Expired, DeviceEvent.Replace, DeviceState.Replaced),
        (DeviceState.Expired, DeviceEvent.Revoke, DeviceState.Revoked),
    ]);

    /// <summary>The whole table, state by state.</summary>
    public static IReadOnlyList<DeviceTransition> All { get; } =
    [
        .. TransitionTable<DeviceState, DeviceEvent>.Cells.Select(cell => Cell(cell.State, cell.Event)),
    ];

    /// <summary>What an event makes of a device.</summary>
    /// <param name="state">The state in which it is.</param>
    /// <param name="happened">The event.</param>
    /// <returns>The new state; refused with the code of the state otherwise.</returns>
    public static MedIdResult<DeviceState> Decide(DeviceState state, DeviceEvent happened) =>
        Cell(state, happened) is { To: { } to } ? to : new MedIdError(CodeOf(state), ErrorCategory.State, Section, $"{happened} of a device that is {state}");

    /// <summary>The code that names a state: why a device in it may not act, or why an event comes too late.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(DeviceState state) => state switch
    {
        DeviceState.Active => ProviderErrorCodes.DeviceActive,
        DeviceState.Suspended => ProviderErrorCodes.DeviceSuspended,
        DeviceState.Lost => ProviderErrorCodes.DeviceLost,
        DeviceState.Expired => ProviderErrorCodes.DeviceExpired,
        DeviceState.Replaced => ProviderErrorCodes.DeviceReplaced,
        DeviceState.Revoked => ProviderErrorCodes.DeviceRevoked,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    /// <summary>Whether consents and tokens given by acts of a device in this state go on. A device at its end, or replaced, acted rightly before; one that is suspended, lost or revoked may not have been its owner's.</summary>
    /// <param name="state">The state.</param>
    /// <returns>False: they open nothing, at once.</returns>
    public static bool ConsentsStand(DeviceState state) => state is DeviceState.Active or DeviceState.Expired or DeviceState.Replaced;

    private static DeviceTransition Cell(DeviceState state, DeviceEvent happened)
    {
        var to = _table.Find(state, happened);
        return new(state, happened, to, to is null ? CodeOf(state) : null);
    }
}
