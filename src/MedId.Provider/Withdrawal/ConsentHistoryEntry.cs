using MedId.Core;

namespace MedId.Provider;

/// <summary>A consent with its history.</summary>
/// <param name="Consent">The record.</param>
/// <param name="Events">Its history, oldest first.</param>
public sealed record ConsentHistoryEntry(ConsentRecord Consent, IReadOnlyList<ConsentEvent> Events);
