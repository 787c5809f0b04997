using MedId.Core;

namespace MedId.Provider;

/// <summary>The life cycle of a relation as data. Every store decides by this table inside its atomic verb.</summary>
public static class ProxyTransitions
{
    internal const string Section = "MedId walk, proxies";

    private static readonly TransitionTable<ProxyState, ProxyEvent> _table = new(
    [
        (ProxyState.Registered, ProxyEvent.Appoint, ProxyState.Active),
        (ProxyState.Registered, ProxyEvent.End, ProxyState.Ended),
        (ProxyState.Registered, ProxyEvent.Expire, ProxyState.Ended),
        (ProxyState.Registered, ProxyEvent.ComeOfAge, ProxyState.Ended),
        (ProxyState.Active, ProxyEvent.Suspend, ProxyState.Suspended),
        (ProxyState.Active, ProxyEvent.End, ProxyState.Ended),
        (ProxyState.Active, ProxyEvent.Expire, ProxyState.Ended),
        (ProxyState.Active, ProxyEvent.ComeOfAge, ProxyState.Ended),
        (ProxyState.Suspended, ProxyEvent.Resume, ProxyState.Active),
        (ProxyState.Suspended, ProxyEvent.End, ProxyState.Ended),
        (ProxyState.Suspended, ProxyEvent.Expire, ProxyState.Ended),
        (ProxyState.Suspended, ProxyEvent.ComeOfAge, ProxyState.Ended),
    ]);

    /// <summary>The whole table, state by state.</summary>
    public static IReadOnlyList<ProxyTransition> All { get; } =
    [
        .. TransitionTable<ProxyState, ProxyEvent>.Cells.Select(cell => Cell(cell.State, cell.Event)),
    ];

    /// <summary>What an event makes of a relation.</summary>
    /// <param name="state">The state in which it is.</param>
    /// <param name="happened">The event.</param>
    /// <returns>The new state; refused with the code of the state otherwise.</returns>
    public static MedIdResult<ProxyState> Decide(ProxyState state, ProxyEvent happened) =>
        Cell(state, happened) is { To: { } to } ? to : new MedIdError(CodeOf(state), ErrorCategory.State, Section, $"{happened} of a relation that is {state}");

    /// <summary>The code that names a state.</summary>
    /// <param name="state">The state.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(ProxyState state) => state switch
    {
        ProxyState.Registered => ProviderErrorCodes.ProxyRegistered,
        ProxyState.Active => ProviderErrorCodes.ProxyActive,
        ProxyState.Suspended => ProviderErrorCodes.ProxySuspended,
        ProxyState.Ended => ProviderErrorCodes.ProxyEnded,
        _ => throw new ArgumentOutOfRangeException(nameof(state)),
    };

    private static ProxyTransition Cell(ProxyState state, ProxyEvent happened)
    {
        var to = _table.Find(state, happened);
        return new(state, happened, to, to is null ? CodeOf(state) : null);
    }
}
