namespace MedId.Core;

/// <summary>One line of a consent's history, shown to the patient.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What: <c>given</c>, <c>narrowed</c>, <c>token-issued</c>, <c>read</c>, <c>withdrawn</c>; more kinds may come.</param>
/// <param name="By">The client that acted; null when the person did.</param>
public sealed record ConsentEvent(DateTimeOffset At, string Kind, string? By)
{
    /// <summary>The place of its entry in the person's chained history; null for a line that is no event of a consent's life, and for lines older than that history.</summary>
    public long? Entry { get; init; }
}
