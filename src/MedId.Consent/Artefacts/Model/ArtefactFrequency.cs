namespace MedId.Consent;

/// <summary>How often data may be fetched: <see cref="Value"/> times in each <see cref="Unit"/>.</summary>
/// <param name="Unit">The span.</param>
/// <param name="Value">How many times in it.</param>
/// <param name="Repeats">How many spans; null where the format does not say.</param>
public sealed record ArtefactFrequency(ArtefactTimeUnit Unit, long Value, long? Repeats = null);
