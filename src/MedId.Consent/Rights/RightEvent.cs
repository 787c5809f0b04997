namespace MedId.Consent;

/// <summary>Something that happened to a request.</summary>
/// <param name="Kind">What.</param>
/// <param name="At">When.</param>
/// <param name="Reason">A code for why; needed when extended or refused.</param>
public sealed record RightEvent(RightEventKind Kind, DateTimeOffset At, string? Reason = null);
