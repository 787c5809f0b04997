using MedId.Core;

namespace MedId.Provider;

/// <summary>A consent with its history.</summary>
/// <param name="Consent">The record.</param>
/// <param name="Events">Its history, oldest first.</param>
public sealed record ConsentHistoryEntry(ConsentRecord Consent, IReadOnlyList<ConsentEvent> Events)
{
    /// <summary>What of that which is said about the recipient changed since, while the consent stands: a material change asks again, every other is told here.</summary>
    public IReadOnlyList<ShownChange> Changes { get; init; } = [];
}
