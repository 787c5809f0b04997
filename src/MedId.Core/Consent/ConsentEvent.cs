namespace MedId.Core;

/// <summary>One line of a consent's history, shown to the patient.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What: <c>given</c>, <c>narrowed</c>, <c>token-issued</c>, <c>withdrawn</c>; more kinds may come.</param>
/// <param name="By">The client that acted; null when the person did.</param>
public sealed record ConsentEvent(DateTimeOffset At, string Kind, string? By);
