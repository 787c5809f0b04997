namespace MedId.Provider;

/// <summary>One cell of <see cref="ProxyTransitions"/>: exactly one of <paramref name="To"/> and <paramref name="Code"/> is there.</summary>
/// <param name="From">The state.</param>
/// <param name="Event">The event.</param>
/// <param name="To">The new state; null when refused.</param>
/// <param name="Code">The refusal's code; null when allowed.</param>
public sealed record ProxyTransition(ProxyState From, ProxyEvent Event, ProxyState? To, string? Code);
