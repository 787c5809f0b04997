namespace MedId.Provider;

/// <summary>What is allowed, as data: which event leads from which state to which. What is not named is refused.</summary>
internal sealed class TransitionTable<TState, TEvent>(IReadOnlyList<(TState From, TEvent Event, TState To)> allowed)
    where TState : struct, Enum
    where TEvent : struct, Enum
{
    /// <summary>Every state with every event, state by state.</summary>
    public static IEnumerable<(TState State, TEvent Event)> Cells =>
        from state in Enum.GetValues<TState>()
        from happened in Enum.GetValues<TEvent>()
        select (state, happened);

    /// <summary>The new state; null where the event is refused.</summary>
    public TState? Find(TState state, TEvent happened)
    {
        foreach (var (from, when, to) in allowed)
        {
            if (EqualityComparer<TState>.Default.Equals(from, state) && EqualityComparer<TEvent>.Default.Equals(when, happened))
            {
                return to;
            }
        }

        return null;
    }
}
