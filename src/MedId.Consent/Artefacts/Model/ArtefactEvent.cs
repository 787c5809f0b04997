namespace MedId.Consent;

/// <summary>An earlier state of a consent.</summary>
/// <param name="At">Since when.</param>
/// <param name="Status">The state.</param>
public sealed record ArtefactEvent(DateTimeOffset At, ArtefactStatus Status);
