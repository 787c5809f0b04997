using MedId.Consent;

namespace MedId.Provider;

/// <summary>Where a consent stands in its person's chain.</summary>
/// <param name="Subject">The person.</param>
/// <param name="State">The state after the last entry.</param>
/// <param name="EndsAt">When it ends by itself; null when it is over.</param>
internal sealed record HistoryState(string Subject, ConsentState State, DateTimeOffset? EndsAt)
{
    /// <summary>The state after entries were linked.</summary>
    public static HistoryState After(string subject, ConsentState state, DateTimeOffset endsAt) =>
        new(subject, state, state == ConsentState.Asked || ConsentLifeCycle.LetsDataFlow(state) ? endsAt : null);
}
