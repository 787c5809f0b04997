namespace MedId.Consent;

/// <summary>What happened, for the history. It holds identifiers and digests: what a person or a record says stays outside, so that it can be erased without breaking the chain.</summary>
/// <param name="ConsentId">The consent.</param>
/// <param name="Kind">What happened.</param>
/// <param name="At">When; whole microseconds count, finer parts are cut off.</param>
/// <param name="By">Who acted, by an identifier that is no personal data; null: the person.</param>
/// <param name="ContentDigest">base64url of the SHA-256 of what the event is about: the artefact, the notice and choice, the transfer. Null: nothing beside the event itself.</param>
public sealed record HistoryEvent(string ConsentId, ConsentEventKind Kind, DateTimeOffset At, string? By = null, string? ContentDigest = null);
